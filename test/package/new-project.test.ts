import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, it } from "node:test";
import { COMMANDS } from "../../src/cli/commands.ts";
import { emptyFolder } from "../cli/fixtures/initialised-project.ts";
import { RunningCommand } from "../cli/fixtures/running-command.ts";
import { install, packInto, runIn, skip } from "./packed-package.ts";

const HAS_CHECK = COMMANDS.some(({ name }) => name === "check");

describe("the packed package", { skip }, () => {
  it("is installed, makes a project, and that installs, compiles, passes its tests and serves", async (test) => {
    const folder = emptyFolder(test);
    const demo = join(folder, "demo");

    const packed = await packInto(folder);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
    await install(folder, packed);
    await runIn(folder, "npx", "tina4", "init", "demo", "--yes");
    const { dependencies } = JSON.parse(readFileSync(join(demo, "package.json"), "utf8"));
    assert.deepEqual(dependencies, { "tina4-ts": `file:../${basename(packed)}` });

    await install(demo);
    assert.match(await runIn(demo, "npm", "test"), /(?:#|ℹ) pass 4\b/);
    assert.equal(await runIn(demo, "npx", "tsc", "--noEmit"), "");
    await runIn(demo, "npx", "tina4", "routes", "--public-writes");
    if (HAS_CHECK) await runIn(demo, "npx", "tina4", "check");

    const main = join(demo, "node_modules/.bin/tina4");
    const server = new RunningCommand(test, ["serve", "--port", "0"], { cwd: demo, main });
    assert.match(await (await fetch(await server.listening())).text(), /<h1>Guestbook<\/h1>/);
    server.kill("SIGTERM");
    assert.equal((await server.ending()).stderr, "");
  });
});
