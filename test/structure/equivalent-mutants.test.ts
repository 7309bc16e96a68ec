import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

const root = new URL("../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");

interface Explained {
  readonly source: string;
  readonly change: string;
  readonly reason: string;
}

const files = JSON.parse(read("scripts/mutate/equivalent-mutants.json")) as Record<string, readonly Explained[]>;

describe("scripts/mutate/equivalent-mutants.json", () => {
  for (const [file, mutants] of Object.entries(files)) {
    it(`explains only lines that ${file} has, each with a reason`, () => {
      const lines = read(file)
        .split("\n")
        .map((line) => line.trim());
      for (const { source, change, reason } of mutants) {
        assert.ok(lines.includes(source), `not there: ${source}`);
        assert.match(change, /.+ → .+/);
        assert.match(reason, /^\S.{20,}\.$/);
      }
    });
  }
});
