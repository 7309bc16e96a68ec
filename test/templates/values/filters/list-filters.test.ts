import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Markup } from "../../../../src/templates/markup.ts";
import { LIMITS } from "../../../../src/templates/values/limits.ts";
import { applyFilter } from "./apply-filter.ts";

const fault = (message: RegExp) => ({ name: "ValueFault", message });
/** As JSON, which does not care about prototypes. */
const same = (actual: unknown, expected: unknown) => assert.deepEqual(JSON.parse(JSON.stringify(actual)), expected);

describe("batch", () => {
  it("makes lists of so many, the last one filled up", () => {
    same(applyFilter("batch", [1, 2, 3], 2), [[1, 2], [3]]);
    same(applyFilter("batch", [1, 2, 3], 2, "x"), [
      [1, 2],
      [3, "x"],
    ]);
    same(applyFilter("batch", { a: 1, b: 2, c: 3 }, 2, "x"), [{ a: 1, b: 2 }, { c: 3 }]);
    same(applyFilter("batch", [], 2, "x"), []);
  });

  it("refuses a size below one, and one that would fill memory", () => {
    assert.throws(() => applyFilter("batch", [1], 0), fault(/size of 1 or more/));
    assert.throws(() => applyFilter("batch", [1], 1e9, "x"), fault(/100000/));
    same(applyFilter("batch", [1], 1e9), [[1]]);
  });
});

describe("merge", () => {
  it("puts lists one after the other, and mappings into one", () => {
    same(applyFilter("merge", [1], [2], new Set([3])), [1, 2, 3]);
    same(applyFilter("merge", { a: 1, b: 1 }, { b: 2 }), { a: 1, b: 2 });
    same(applyFilter("merge", { a: 1 }, undefined), { a: 1 });
    assert.deepEqual(
      applyFilter("merge", ["x"], { a: 1 }),
      new Map<unknown, unknown>([
        [0, "x"],
        ["a", 1],
      ]),
    );
    assert.throws(() => applyFilter("merge", [1], "a"), fault(/given a text/));
  });

  it("takes __proto__ for a key like any other", () => {
    const merged = applyFilter("merge", {}, JSON.parse('{"__proto__": {"admin": true}, "constructor": 1}'));
    assert.equal(Object.getPrototypeOf(merged), null);
    assert.deepEqual(Object.keys(merged as object), ["__proto__", "constructor"]);
    assert.equal(({} as { admin?: boolean }).admin, undefined);
  });

  it("makes nothing beyond the limit", () => {
    const half = new Array(LIMITS.listItems / 2 + 1).fill(0);
    assert.throws(() => applyFilter("merge", half, half), fault(/100000/));
  });
});

describe("join", () => {
  it("puts glue between items, and other glue before the last", () => {
    assert.equal(applyFilter("join", [1, "a", null]), "1a");
    assert.equal(applyFilter("join", [1, 2, 3], ", ", " and "), "1, 2 and 3");
    assert.equal(applyFilter("join", [1], ", ", " and "), "1");
    assert.equal(
      applyFilter(
        "join",
        new Map([
          ["a", 1],
          ["b", 2],
        ]),
        "|",
      ),
      "1|2",
    );
    assert.equal(applyFilter("join", "abc", "|"), "abc");
  });

  it("makes no text beyond the limit", () => {
    assert.throws(() => applyFilter("join", new Array(100_000).fill(""), "x".repeat(1_000)), fault(/10485760/));
  });
});

describe("the filters that pick", () => {
  it("find the first, the last, the length and the keys", () => {
    assert.deepEqual(
      [[1, 2, 3], { a: 1, b: 3 }, "1\u{1F600}3"].map((value) => [
        applyFilter("first", value),
        applyFilter("last", value),
        applyFilter("length", value),
      ]),
      [
        [1, 3, 3],
        [1, 3, 2],
        ["1", "3", 3],
      ],
    );
    assert.deepEqual(
      [[], "", null, 1234].map((value) => applyFilter("length", value)),
      [0, 0, 0, 4],
    );
    assert.deepEqual(applyFilter("first", []), undefined);
    assert.deepEqual(applyFilter("keys", { a: 1, b: 2 }), ["a", "b"]);
    assert.deepEqual(applyFilter("keys", ["x", "y"]), [0, 1]);
    assert.equal(applyFilter("length", new Markup("<b>")), 3);
  });

  it("take one column of rows, where they own it", () => {
    const rows = [{ id: 1 }, Object.create({ id: 2 }), new Map([["id", null]]), { id: () => 3 }, 4];
    assert.deepEqual(applyFilter("column", rows, "id"), [1, null]);
  });

  it("cut slices, and fall back", () => {
    assert.deepEqual(applyFilter("slice", [1, 2, 3], 1, 1), [2]);
    assert.deepEqual(
      ["", null, undefined, [], 0, "a"].map((value) => applyFilter("default", value, "b")),
      ["b", "b", "b", "b", 0, "a"],
    );
    assert.equal(applyFilter("default", null), "");
  });
});

describe("reverse and shuffle", () => {
  it("turn lists, mappings and texts round", () => {
    assert.deepEqual(applyFilter("reverse", [1, 2, 3]), [3, 2, 1]);
    assert.deepEqual(Object.keys(applyFilter("reverse", { a: 1, b: 2 }) as object), ["b", "a"]);
    assert.deepEqual(
      applyFilter("reverse", ["a", "b"], true),
      new Map([
        [1, "b"],
        [0, "a"],
      ]),
    );
    assert.equal(applyFilter("reverse", "a\u{1F600}b"), "b\u{1F600}a");
  });

  it("mix items by the randomness they are given, and leave the list that was given alone", () => {
    const items = [1, 2, 3, 4];
    assert.deepEqual(applyFilter("shuffle", items), [1, 4, 2, 3]);
    assert.deepEqual(items, [1, 2, 3, 4]);
    assert.equal(applyFilter("shuffle", "abcd"), "adbc");
  });
});
