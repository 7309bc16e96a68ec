import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { sourceExcerpt } from "../../src/debug/source-excerpt.ts";

const LINES = Array.from({ length: 30 }, (_, index) => `line(${index + 1});`);

describe("sourceExcerpt", () => {
  let parent: string;
  let root: string;

  before(() => {
    parent = realpathSync(mkdtempSync(join(tmpdir(), "tina4-excerpt-")));
    root = join(parent, "project");
    for (const folder of ["src/[id]", "secrets", "data", "node_modules/a", ".cache"]) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    const files = [
      "src/a.ts",
      "src/[id]/page.tsx",
      "secrets/a.ts",
      "data/a.js",
      "node_modules/a/index.js",
      ".cache/a.js",
    ];
    for (const name of [...files, ".env", "src/.env.ts", "secrets/jwt.key", "src/notes.txt"]) {
      writeFileSync(join(root, name), LINES.join("\n"));
    }
    writeFileSync(join(parent, "other.ts"), LINES.join("\n"));
    writeFileSync(join(root, "src/large.ts"), "a\n".repeat(600_000));
    writeFileSync(join(root, "src/wide.ts"), "a".repeat(10_000));
    symlinkSync(join(parent, "other.ts"), join(root, "src/link.ts"));
    symlinkSync(join(root, ".env"), join(root, "src/env.ts"));
    mkdirSync(join(root, "src/folder.ts"));
  });
  after(() => rmSync(parent, { recursive: true }));

  it("shows the lines around a place", () => {
    assert.deepEqual(sourceExcerpt(root, join(root, "src/a.ts"), 10), {
      first: 4,
      marked: 10,
      lines: LINES.slice(3, 16),
    });
  });

  it("shows fewer at both ends of a file", () => {
    assert.deepEqual(sourceExcerpt(root, join(root, "src/a.ts"), 1), { first: 1, marked: 1, lines: LINES.slice(0, 7) });
    assert.deepEqual(sourceExcerpt(root, join(root, "src/[id]/page.tsx"), 30), {
      first: 24,
      marked: 30,
      lines: LINES.slice(23),
    });
  });

  it("cuts what is too wide", () => {
    assert.deepEqual(sourceExcerpt(root, join(root, "src/wide.ts"), 1)?.lines, ["a".repeat(240)]);
  });

  for (const name of [
    ...["../other.ts", "src/link.ts", "src/env.ts", ".env", "src/.env.ts", ".cache/a.js", "src/notes.txt"],
    ...[
      "secrets/jwt.key",
      "secrets/a.ts",
      "data/a.js",
      "node_modules/a/index.js",
      "src/large.ts",
      "src/folder.ts",
      "src/missing.ts",
    ],
  ]) {
    it(`reads nothing of ${name}`, () => {
      assert.equal(sourceExcerpt(root, join(root, name), 1), undefined);
    });
  }

  for (const line of [0, -1, 31, Number.NaN, Number.POSITIVE_INFINITY]) {
    it(`has no line ${line}`, () => assert.equal(sourceExcerpt(root, join(root, "src/a.ts"), line), undefined));
  }
});
