import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { checksReference } from "../../src/check/checks-reference.ts";
import { FINDINGS } from "../../src/check/findings.ts";
import { PROBE_FINDINGS } from "../../src/check/probe-findings.ts";

describe("checksReference", () => {
  it("is what docs/reference/checks.md holds", () => {
    const file = new URL("../../docs/reference/checks.md", import.meta.url);
    assert.equal(readFileSync(file, "utf8"), checksReference());
  });

  it("has one row for each id", () => {
    const ids = checksReference().match(/^\| T4-\d{3} /gm) ?? [];
    const expected = [...FINDINGS, ...PROBE_FINDINGS].map(({ id }) => `| ${id} `);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual([...ids].sort(), expected.sort());
  });
});
