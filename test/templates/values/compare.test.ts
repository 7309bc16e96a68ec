import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Markup } from "../../../src/templates/markup.ts";
import { compare } from "../../../src/templates/values/compare.ts";

const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom<unknown>(
      null,
      undefined,
      true,
      false,
      "",
      "0",
      "10",
      "9",
      "9a",
      "1e1",
      " 5 ",
      "abc",
      Number.NaN,
      Infinity,
    ),
    fc.double(),
    fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }),
    fc.integer().map(String),
    fc.string(),
    fc.date(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie("value"), { maxKeys: 2 }),
  ),
})).value;

describe("compare", () => {
  it("orders numbers by size, also in texts, and texts by their letters", () => {
    const ascending = [
      [2, 10],
      ["2", "10"],
      ["9", 10],
      ["a", "b"],
      ["abc", "abd"],
      [1n, 1.5],
      ["9007199254740992", "9007199254740993"],
    ];
    for (const [less, more] of ascending)
      assert.deepEqual([compare(less, more), compare(more, less)], [-1, 1], String(less));
    for (const [one, other] of [
      ["1.0", 1],
      [" 5 ", 5],
      [new Markup("a"), "a"],
      [true, 1],
      [2n, 2],
    ])
      assert.equal(compare(one, other), 0);
  });

  it("orders dates by time, and lists by length, then item by item", () => {
    assert.equal(compare(new Date(1), new Date(2)), -1);
    assert.equal(compare([9], [1, 1]), -1);
    assert.equal(compare([1, 2], [1, 3]), -1);
    assert.equal(compare({ a: 1 }, new Map([["b", 1]])), 0);
  });

  it("orders kinds: null, numbers, texts, lists", () => {
    const kinds = [null, -5, "a", []];
    for (let index = 1; index < kinds.length; index += 1) assert.equal(compare(kinds[index - 1], kinds[index]), -1);
  });

  it("is a total order, whatever the values", () => {
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        assert.equal(compare(a, a), 0);
        assert.equal(compare(a, b) + compare(b, a), 0);
        if (compare(a, b) <= 0 && compare(b, c) <= 0) assert.ok(compare(a, c) <= 0);
      }),
      { seed: 5, numRuns: 3_000 },
    );
  });

  it("gives up on lists that hold themselves", () => {
    const one: unknown[] = [];
    one.push(one);
    const other: unknown[] = [];
    other.push(other);
    assert.throws(() => compare(one, other), { name: "ValueFault", message: /hold themselves/ });
    let wide: unknown = [1];
    for (let level = 0; level < 40; level += 1) wide = [wide, wide];
    assert.throws(() => compare(wide, structuredClone([wide, wide])[0]), { name: "ValueFault" });
  });
});
