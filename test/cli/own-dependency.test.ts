import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { ownDependency } from "../../src/cli/own-dependency.ts";
import { emptyFolder } from "./fixtures/initialised-project.ts";

/** A folder with an installed copy, and what npm has noted about it. */
function installed(test: TestContext, notes: string | undefined) {
  const folder = emptyFolder(test);
  const own = join(folder, "node_modules/tina4-ts");
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, "package.json"), '{ "version": "1.2.3" }');
  if (notes !== undefined) writeFileSync(join(folder, "node_modules/.package-lock.json"), notes);
  return { folder, own };
}

const notesOf = (resolved: string | undefined) =>
  JSON.stringify({ packages: { "node_modules/tina4-ts": { version: "1.2.3", resolved } } });

describe("ownDependency", () => {
  it("is this version and those that fit it, where the copy came from a registry", (test) => {
    const { folder, own } = installed(test, notesOf("https://packages.example/tina4-ts-1.2.3"));
    assert.equal(ownDependency(join(folder, "demo"), own), "^1.2.3");
  });

  it("is this version too where nobody has noted where the copy came from, or in another way", (test) => {
    for (const notes of [undefined, "", "{}", '{ "packages": {} }', notesOf(undefined)]) {
      const { folder, own } = installed(test, notes);
      assert.equal(ownDependency(join(folder, "demo"), own), "^1.2.3", notes);
    }
  });

  it("is the packed file that the copy was installed from, as the project sees it", (test) => {
    const { folder, own } = installed(test, notesOf("file:../packed/tina4-ts-1.2.3.tgz"));
    assert.equal(ownDependency(join(folder, "sites/demo"), own), "file:../../../packed/tina4-ts-1.2.3.tgz");
  });

  it("is the clone that runs", (test) => {
    const folder = emptyFolder(test);
    assert.equal(ownDependency(join(folder, "demo"), join(folder, "tina4-ts")), "file:../tina4-ts");
  });
});
