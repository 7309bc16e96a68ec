import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { compare } from "../../../../src/templates/values/compare.ts";
import { hasEvery, hasSome } from "../../../../src/templates/values/has-some.ts";
import { applyFilter, arrow } from "./apply-filter.ts";

const isLarge = arrow((value: number) => value > 1);

describe("the filters that ask an arrow", () => {
  it("give it value and key, and keep the kind of what they were given", () => {
    assert.deepEqual(applyFilter("filter", [1, 2, 3], isLarge), [2, 3]);
    assert.deepEqual({ ...(applyFilter("filter", { a: 1, b: 2 }, isLarge) as object) }, { b: 2 });
    assert.deepEqual(
      applyFilter(
        "map",
        ["a", "b"],
        arrow((value: string, key: number) => `${key}${value}`),
      ),
      ["0a", "1b"],
    );
    assert.deepEqual(
      {
        ...(applyFilter(
          "map",
          { x: "a" },
          arrow((value: string, key: string) => key + value),
        ) as object),
      },
      { x: "xa" },
    );
    assert.equal(applyFilter("find", [1, 2, 3], isLarge), 2);
    assert.equal(applyFilter("find", [1], isLarge), undefined);
    assert.equal(
      applyFilter(
        "reduce",
        [1, 2, 3],
        arrow((sum: number, value: number, key: number) => sum + value * key),
        10,
      ),
      18,
    );
    assert.deepEqual(
      [hasSome([1, 2], isLarge), hasEvery([1, 2], isLarge), hasSome([], isLarge), hasEvery([], isLarge)],
      [true, false, false, true],
    );
  });

  it("never call a function that was found in the data", () => {
    const spy = () => assert.fail("called");
    for (const name of ["filter", "map", "find", "reduce", "sort"]) {
      for (const fake of [spy, { call: spy }, "constructor"]) {
        assert.throws(() => applyFilter(name, [1, 2], fake), { name: "ValueFault", message: /needs an arrow/ });
      }
    }
    assert.throws(() => hasSome([1], spy), { name: "ValueFault" });
  });

  it("go through no more items than the limit", () => {
    const many = new Array(100_001).fill(0);
    for (const name of ["filter", "map", "find", "reduce", "sort"]) {
      assert.throws(() => applyFilter(name, many, isLarge), { name: "ValueFault", message: /100000/ });
    }
  });
});

describe("sort", () => {
  it("orders by value, keeps the keys of a mapping and leaves the list that was given alone", () => {
    const items = [3, "10", 2, null];
    assert.deepEqual(applyFilter("sort", items), [null, 2, 3, "10"]);
    assert.deepEqual(items, [3, "10", 2, null]);
    assert.deepEqual(Object.entries(applyFilter("sort", { a: 2, b: 1 }) as object), [
      ["b", 1],
      ["a", 2],
    ]);
    assert.deepEqual(
      [...(applyFilter("sort", { 1: "b", 2: "a" }) as Map<number, string>)],
      [
        [2, "a"],
        [1, "b"],
      ],
    );
  });

  it("orders as an arrow says", () => {
    const byAge = arrow((one: { age: number }, other: { age: number }) => other.age - one.age);
    assert.deepEqual(applyFilter("sort", [{ age: 1 }, { age: 2 }], byAge), [{ age: 2 }, { age: 1 }]);
  });

  it("gives all items back, in order", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer(), fc.string(), fc.constant(null), fc.constant(undefined))), (items) => {
        const sorted = applyFilter("sort", items) as unknown[];
        assert.equal(sorted.length, items.length);
        for (let index = 1; index < sorted.length; index += 1)
          assert.ok(compare(sorted[index - 1], sorted[index]) <= 0);
      }),
      { seed: 7148 },
    );
  });
});
