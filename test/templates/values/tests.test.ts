import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { TESTS } from "../../../src/templates/values/tests.ts";

function is(value: unknown, name: string, ...args: readonly unknown[]): unknown {
  return TESTS[name]?.call([value, ...args], { now: () => 0, random: () => 0 });
}

describe("TESTS", () => {
  it("has no test that every object has", () => {
    for (const name of ["constructor", "toString", "__proto__"]) assert.equal(TESTS[name], undefined);
  });

  it("knows odd, even and divisible whole numbers, also in texts", () => {
    assert.deepEqual(
      [1, -3, "7", 2n ** 70n + 1n].map((value) => is(value, "odd")),
      [true, true, true, true],
    );
    assert.deepEqual(
      [0, -2, "8", 2n ** 70n].map((value) => is(value, "even")),
      [true, true, true, true],
    );
    for (const value of [1.5, "a", null, [], [2], true, Infinity, Number.NaN]) {
      assert.deepEqual([is(value, "odd"), is(value, "even")], [false, false]);
    }
    assert.deepEqual([is(9, "divisible by", 3), is("9", "divisible by", "2")], [true, false]);
    for (const by of [0, 1.5, null]) assert.throws(() => is(9, "divisible by", by), { name: "ValueFault" });
  });

  it("knows kinds of values", () => {
    const answers = (value: unknown) =>
      ["iterable", "mapping", "sequence", "null", "none", "empty"].filter((name) => is(value, name));
    assert.deepEqual(answers([1]), ["iterable", "sequence"]);
    assert.deepEqual(answers({ a: 1 }), ["iterable", "mapping"]);
    assert.deepEqual(answers(new Set()), ["iterable", "sequence", "empty"]);
    assert.deepEqual(answers(null), ["null", "none", "empty"]);
    assert.deepEqual(
      answers(() => 1),
      ["null", "none", "empty"],
    );
    assert.deepEqual(answers("a"), []);
  });

  it("knows the same from the equal", () => {
    assert.deepEqual([is(1, "same as", 1), is(1, "same as", "1"), is(null, "same as", false)], [true, false, false]);
  });
});
