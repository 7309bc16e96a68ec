import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkProjectName } from "../../src/cli/project-name.ts";

const refusal = (name: string): string => {
  try {
    checkProjectName(name);
    return "";
  } catch (error) {
    assert.equal((error as { code: string }).code, "OPTION_INVALID");
    return (error as Error).message;
  }
};

describe("checkProjectName", () => {
  it("takes what npm takes", () => {
    for (const name of ["demo", "my-site", "a", "2do", "a.b_c", "x".repeat(214)]) assert.equal(refusal(name), "", name);
  });

  it("refuses what npm does not take", () => {
    for (const name of ["", "Demo", ".demo", "_demo", "-demo", "my site", "a/b", "käse", "x'y", "x".repeat(215)]) {
      assert.match(refusal(name), /^A project cannot be called ".*"\. npm takes lower-case letters/s, name);
    }
  });

  it("refuses the names of modules of Node.js, of npm's own folder, and of packages that the project installs", () => {
    for (const name of ["http", "node_modules", "favicon.ico", "tina4-ts", "typescript"])
      assert.notEqual(refusal(name), "");
  });

  it("says what would do", () => {
    for (const [name, better] of [
      ["My Shop", "my-shop"],
      ["_demo", "demo"],
      ["Shop!", "shop"],
    ] as const) {
      assert.match(refusal(name), new RegExp(` Call it ${better}\\.$`));
    }
    assert.doesNotMatch(refusal("!"), /Call it/);
    assert.doesNotMatch(refusal("Http"), /Call it/);
  });
});
