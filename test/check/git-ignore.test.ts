import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { gitIgnore } from "../../src/check/git-ignore.ts";

function repository(test: TestContext, files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "tina4-ignore-"));
  test.after(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, "shop/.git"), { recursive: true });
  mkdirSync(join(root, "shop/site"));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);
  return root;
}

describe("gitIgnore", () => {
  const RULES: readonly (readonly [string, string, boolean])[] = [
    [".env", ".env", true],
    [".env", ".env.local", false],
    [".env*", ".env.local", true],
    ["/.env", ".env", true],
    ["/.env", "a/.env", false],
    ["secrets/", "secrets/jwt.key", true],
    ["secrets", "a/secrets/jwt.key", true],
    ["data/*.db", "data/app.db", true],
    ["data/*.db", "data/deep/app.db", false],
    ["data/**", "data/deep/app.db", true],
    ["**/data", "a/b/data/x", true],
    ["*.d?", "data/app.db", true],
    ["# .env", ".env", false],
    [".env*\n!.env", ".env", false],
    ["!.env\n.env", ".env", true],
    ["a+b(c)", "a+b(c)", true],
    ["", ".env", false],
  ];

  for (const [rules, path, isIgnored] of RULES) {
    it(`${isIgnored ? "leaves out" : "keeps"} ${path} by ${JSON.stringify(rules)}`, (test) => {
      const root = repository(test, { "shop/.gitignore": rules });
      assert.equal(gitIgnore(join(root, "shop"))?.(path), isIgnored);
    });
  }

  it("reads the rules of folders up to the repository, the nearest last", (test) => {
    const root = repository(test, { "shop/.gitignore": ".env\n/site/data", "shop/site/.gitignore": "!.env" });
    const isIgnored = gitIgnore(join(root, "shop/site"));
    assert.deepEqual([isIgnored?.(".env"), isIgnored?.("data/a"), isIgnored?.("other")], [false, true, false]);
  });

  it("knows nothing outside of a repository", (test) => {
    assert.equal(gitIgnore(repository(test, {})), undefined);
  });
});
