import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cellMilliseconds } from "../../src/rate-limit/rate-rule.ts";

const cellOf = (limit: number, windowSeconds: number): number =>
  cellMilliseconds({ scope: "test", limit, windowSeconds });

describe("cellMilliseconds", () => {
  it("is one millisecond up to a limit of 128, however long the window", () => {
    assert.deepEqual([cellOf(1, 1), cellOf(128, 60), cellOf(128, 31_622_400)], [1, 1, 1]);
  });

  it("is a 128th of the window above that, rounded up", () => {
    assert.deepEqual([cellOf(129, 16), cellOf(129, 60), cellOf(1_000_000_000, 16)], [125, 469, 125]);
  });
});
