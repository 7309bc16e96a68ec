import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LIMITS } from "../../../src/templates/values/limits.ts";
import { rangeOf } from "../../../src/templates/values/range-of.ts";

describe("rangeOf", () => {
  it("counts up and down, both ends included", () => {
    assert.deepEqual(rangeOf(1, 4), [1, 2, 3, 4]);
    assert.deepEqual(rangeOf("3", 1), [3, 2, 1]);
    assert.deepEqual(rangeOf(0, 10, 4), [0, 4, 8]);
    assert.deepEqual(rangeOf(10, 0, -5), [10, 5, 0]);
    assert.deepEqual(rangeOf(1, 1), [1]);
    assert.deepEqual(rangeOf(0, 0.3, 0.1).length, 4);
  });

  it("goes through letters", () => {
    assert.deepEqual(rangeOf("a", "e", 2), ["a", "c", "e"]);
    assert.deepEqual(rangeOf("C", "A"), ["C", "B", "A"]);
  });

  it("refuses a step of zero, an end that is neither, and infinity", () => {
    for (const [from, to, step] of [
      [1, 2, 0],
      ["a", 2],
      ["aa", "c"],
      [null, 2],
      [1, Infinity],
      [Number.NaN, 1],
      [1, 2, Infinity],
    ]) {
      assert.throws(() => rangeOf(from, to, step), { name: "ValueFault" }, String(from));
    }
  });

  it("makes no more items than the limit (X09)", () => {
    assert.equal(rangeOf(1, LIMITS.listItems).length, LIMITS.listItems);
    for (const to of [LIMITS.listItems + 1, 1e9, -1e9, 1e308]) {
      assert.throws(() => rangeOf(1, to), { name: "ValueFault", message: /100000 items/ });
    }
    assert.throws(() => rangeOf(0, 1, 1e-300), { name: "ValueFault" });
  });
});
