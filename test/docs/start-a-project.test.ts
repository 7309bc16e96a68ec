import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { skip } from "../cli/fixtures/built-package.ts";
import { initialisedProject } from "../cli/fixtures/initialised-project.ts";
import { runScript } from "../cli/fixtures/run-script.ts";
import { RunningCommand } from "../cli/fixtures/running-command.ts";
import { PROJECT_ROOT } from "../structure/project-files.ts";
import { guideFiles } from "./guide-files.ts";

const guide = readFileSync(`${PROJECT_ROOT}docs/guides/start-a-project.md`, "utf8");
const files = guideFiles(guide);

describe("the guide to a project of one's own", { skip, concurrency: 2 }, () => {
  it("gives the files that it adds", () => {
    assert.deepEqual(Object.keys(files), ["src/routes/hello.ts", "test/hello.test.ts"]);
  });

  it("names files and scripts that tina4 init has written", async (test) => {
    const root = await initialisedProject(test);
    const named = Array.from(guide.matchAll(/^\| `([\w./-]+?)\/?(?:\*\*\/\*\.ts)?` \|/gm), ([, name = ""]) => name);
    const missing = named.filter((name) => !existsSync(join(root, name)));
    assert.ok(named.length >= 12);
    assert.deepEqual(missing, ["src/middleware"]);
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    for (const name of ["dev", "start", "test", "types"]) assert.ok(scripts[name], name);
  });

  it("makes a project that compiles, and whose tests run and pass", async (test) => {
    const root = await initialisedProject(test, files);
    await runScript(root, "types");
    const report = await runScript(root, "test", "--test-reporter=tap");
    assert.match(report, /^# tests 5$[\s\S]*^# pass 5$/m);
  });

  it("makes a project that starts", async (test) => {
    const root = await initialisedProject(test, files);
    const command = new RunningCommand(test, ["serve", "--port", "0"], { cwd: root });
    assert.equal(await (await fetch(`${await command.listening()}/hello/you`)).text(), '{"hello":"you"}');
  });
});
