import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { skip } from "../cli/fixtures/built-package.ts";
import { temporaryProject } from "../cli/fixtures/temporary-project.ts";
import { PROJECT_ROOT } from "../structure/project-files.ts";
import { guideFiles } from "./guide-files.ts";

const FILES = [
  ...["src/templates/base.twig", "src/public/css/site.css", "src/templates/contact.twig", "src/routes/contact.ts"],
  ...["src/templates/errors/4xx.twig", "test/contact.test.ts"],
];

const files = guideFiles(readFileSync(`${PROJECT_ROOT}docs/guides/write-a-page.md`, "utf8"));
const env = { PATH: process.env.PATH, TINA4_LOG_LEVEL: "silent" };

describe("the guide to pages", { skip }, () => {
  it("gives every file of its site", () => {
    assert.deepEqual(Object.keys(files), FILES);
  });

  it("makes a site whose test passes", async (test) => {
    const { root } = temporaryProject(test, files);
    const flags = ["--import", "tina4-ts/register", "--test", "--test-reporter=tap", "test/contact.test.ts"];
    const { stdout } = await promisify(execFile)(process.execPath, flags, { cwd: root, env });
    assert.match(stdout, /^# tests 1$[\s\S]*^# pass 1$/m);
  });
});
