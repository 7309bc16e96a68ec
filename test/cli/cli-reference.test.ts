import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { cliReference } from "../../src/cli/cli-reference.ts";
import { COMMANDS } from "../../src/cli/commands.ts";

describe("cliReference", () => {
  it("is what docs/reference/cli.md holds", () => {
    const file = new URL("../../docs/reference/cli.md", import.meta.url);
    assert.equal(readFileSync(file, "utf8"), cliReference());
  });

  it("has a section for every command and a row for every flag", () => {
    const headings = cliReference().match(/^## .*$/gm);
    assert.deepEqual(
      headings,
      COMMANDS.map(({ name }) => `## ${name}`),
    );
    const rows = cliReference().match(/^\| `--.*\|$/gm) ?? [];
    assert.equal(rows.length, COMMANDS.flatMap(({ flags }) => Object.keys(flags)).length);
    for (const row of rows) assert.equal(row.split(/(?<!\\)\|/).length, 4, `two cells: ${row}`);
  });
});
