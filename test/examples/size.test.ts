import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { describe, it } from "node:test";
import { PROJECT_ROOT, projectFiles } from "../structure/project-files.ts";

const MAX_FILES = 8;
const PAGES = /\/src\/(?:templates|public)\//;

describe("each example", () => {
  for (const name of readdirSync(`${PROJECT_ROOT}examples`)) {
    it(`has at most ${MAX_FILES} files beside its pages: ${name}`, () => {
      const files = projectFiles(`examples/${name}/`).filter((file) => !PAGES.test(file));
      assert.ok(files.includes(`examples/${name}/README.md`));
      assert.ok(files.length <= MAX_FILES, files.join("\n"));
    });
  }
});
