import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { sliceOf } from "../../../src/templates/values/slice-of.ts";

const place = fc.option(fc.integer({ min: -12, max: 12 }), { nil: undefined });

/** What PHP's manual says of array_slice, item by item. */
function expected(items: readonly unknown[], start = 0, length?: number): readonly unknown[] {
  const first = start < 0 ? Math.max(0, items.length + start) : start;
  return items.filter((_, index) => {
    if (index < first) return false;
    if (length === undefined) return true;
    return length < 0 ? index < items.length + length : index < first + length;
  });
}

describe("sliceOf", () => {
  it("cuts lists and texts alike, as PHP does", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }), { maxLength: 8 }),
        place,
        place,
        (items, start, length) => {
          assert.deepEqual(sliceOf(items, start, length), expected(items, start, length));
          const characters = [...items.join("")];
          assert.equal(sliceOf(items.join(""), start, length), expected(characters, start, length).join(""));
        },
      ),
      { seed: 5, numRuns: 1_000 },
    );
  });

  it("keeps the keys of a mapping", () => {
    assert.deepEqual({ ...(sliceOf({ a: 1, b: 2, c: 3 }, 1, 1) as object) }, { b: 2 });
    assert.deepEqual(
      sliceOf(
        new Map([
          [1, "a"],
          [2, "b"],
        ]),
        1,
      ),
      new Map([[2, "b"]]),
    );
  });

  it("takes numbers for texts, and numerals for numbers", () => {
    assert.equal(sliceOf(12345, "1", "2"), "23");
    assert.equal(sliceOf(null, 0, 5), "");
    assert.throws(() => sliceOf("abc", "x"), { name: "ValueFault" });
  });

  it("is no slower on a long text than in proportion", () => {
    assert.equal((sliceOf("\u{1F600}".repeat(1_000_000), 999_999) as string).length, 2);
  });
});
