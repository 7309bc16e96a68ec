import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { COMMANDS } from "../../src/cli/commands.ts";
import { PACKAGE_ROOT, skip } from "../cli/fixtures/built-package.ts";
import { emptyFolder } from "../cli/fixtures/initialised-project.ts";
import { SCRIPT_ENVIRONMENT as env } from "../cli/fixtures/run-script.ts";
import { RunningCommand } from "../cli/fixtures/running-command.ts";

const REGISTRY_PATIENCE_MS = 15_000;
const INSTALL = ["install", "--prefer-offline", "--no-audit", "--no-fund"];
const HAS_CHECK = COMMANDS.some(({ name }) => name === "check");

describe("the packed package", { skip: skip || registryMissing() }, () => {
  it("is installed, makes a project, and that installs, compiles, passes its tests and serves", async (test) => {
    const folder = emptyFolder(test);
    const demo = join(folder, "demo");
    const run = async (cwd: string, program: string, ...args: readonly string[]): Promise<string> =>
      (await promisify(execFile)(program, args, { cwd, env })).stdout;

    const [packed] = JSON.parse(await run(PACKAGE_ROOT, "npm", ...packInto(folder)));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
    await run(folder, "npm", ...INSTALL, `./${packed.filename}`);
    await run(folder, "npx", "tina4", "init", "demo", "--yes");
    const { dependencies } = JSON.parse(readFileSync(join(demo, "package.json"), "utf8"));
    assert.deepEqual(dependencies, { "tina4-ts": `file:../${packed.filename}` });

    await run(demo, "npm", ...INSTALL);
    assert.match(await run(demo, "npm", "test"), /(?:#|ℹ) pass 4\b/);
    assert.equal(await run(demo, "npx", "tsc", "--noEmit"), "");
    await run(demo, "npx", "tina4", "routes", "--public-writes");
    if (HAS_CHECK) await run(demo, "npx", "tina4", "check");

    const main = join(demo, "node_modules/.bin/tina4");
    const server = new RunningCommand(test, ["serve", "--port", "0"], { cwd: demo, main });
    assert.match(await (await fetch(await server.listening())).text(), /<h1>Guestbook<\/h1>/);
    server.kill("SIGTERM");
    assert.equal((await server.ending()).stderr, "");
  });
});

/** As it is built: a script would build it anew. */
function packInto(folder: string): readonly string[] {
  return ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
}

/** Why there is nothing to install from. */
function registryMissing(): string | false {
  if (process.env.TINA4_TEST_REQUIRE_SERVICES === "1") return false;
  const asked = spawnSync("npm", ["view", "typescript", "version"], { env, timeout: REGISTRY_PATIENCE_MS });
  return asked.status === 0 ? false : "npm reaches no registry";
}
