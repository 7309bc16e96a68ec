import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { skip } from "../cli/fixtures/built-package.ts";
import { RunningCommand } from "../cli/fixtures/running-command.ts";
import { temporaryProject } from "../cli/fixtures/temporary-project.ts";
import { PROJECT_ROOT } from "../structure/project-files.ts";
import { guideFiles } from "./guide-files.ts";

const FILES = ["package.json", ".gitignore", "tsconfig.json", "src/routes/hello.ts", "test/hello.test.ts"];

const files = guideFiles(readFileSync(`${PROJECT_ROOT}docs/guides/start-a-project.md`, "utf8"));
const env = { PATH: process.env.PATH, NODE: process.execPath };

describe("the guide to a project of one's own", { skip, concurrency: 2 }, () => {
  it("gives every file that the project has", () => {
    assert.deepEqual(Object.keys(files), FILES);
  });

  it("makes a project that compiles, and whose tests run and pass", async (test) => {
    const { root } = temporaryProject(test, files);
    symlinkSync(join(PROJECT_ROOT, "node_modules/@types"), join(root, "node_modules/@types"));
    const { scripts } = JSON.parse(files["package.json"] ?? "");
    const tsc = join(PROJECT_ROOT, "node_modules/typescript/bin/tsc");
    await promisify(execFile)(process.execPath, [tsc], { cwd: root });
    const command = `"$NODE" --test-reporter=tap ${scripts.test.slice("node ".length)}`;
    const { stdout } = await promisify(execFile)("sh", ["-c", command], { cwd: root, env });
    assert.match(stdout, /^# tests 1$[\s\S]*^# pass 1$/m);
  });

  it("makes a project that starts", async (test) => {
    const { root } = temporaryProject(test, files);
    const { scripts } = JSON.parse(files["package.json"] ?? "");
    assert.equal(scripts.start, "tina4 serve");
    const command = new RunningCommand(test, ["serve", "--port", "0"], { cwd: root });
    assert.equal(await (await fetch(`${await command.listening()}/hello/you`)).text(), '{"hello":"you"}');
  });
});
