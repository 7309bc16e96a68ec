import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Markup } from "../../../src/templates/markup.ts";
import { endsWith, isIn, startsWith } from "../../../src/templates/values/is-in.ts";
import { isSame, looselyEqual } from "../../../src/templates/values/loosely-equal.ts";

const f = () => 1;

describe("looselyEqual", () => {
  it("takes a number for the text that writes it, and true and false for what if takes for it", () => {
    const equal = [
      [1, "1"],
      ["1.0", 1],
      [1n, 1],
      [true, 1],
      [true, "a"],
      [false, []],
      [false, null],
      ["", null],
      [undefined, null],
      [f, null],
    ];
    for (const [one, other] of equal) {
      assert.ok(looselyEqual(one, other), String(one));
      assert.ok(looselyEqual(other, one), String(other));
    }
  });

  it("takes no text for another one, and null for no number", () => {
    const different = [
      ["1e3", "1000"],
      ["0e1", "0e2"],
      ["1", "01"],
      ["a", 0],
      [null, 0],
      [null, []],
      ["9007199254740993", 9007199254740992],
      [Number.NaN, Number.NaN],
      ["1", [1]],
      [1, [1]],
    ];
    for (const [one, other] of different) {
      assert.ok(!looselyEqual(one, other), String(one));
      assert.ok(!looselyEqual(other, one), String(other));
    }
  });

  it("compares what lists, mappings, dates and markup hold", () => {
    assert.ok(looselyEqual([1, { a: "2" }], ["1", new Map([["a", 2]])]));
    assert.ok(!looselyEqual([1, 2], [2, 1]));
    assert.ok(looselyEqual({ a: 1, b: 2 }, { b: 2, a: 1 }));
    assert.ok(!looselyEqual([], {}));
    assert.ok(!looselyEqual({ a: undefined }, { b: undefined }));
    assert.ok(looselyEqual(new Map([[1, "a"]]), { 1: "a" }));
    // biome-ignore lint/suspicious/noSparseArray: what is left out of a list is null
    assert.ok(looselyEqual([, 1], [null, 1]) && !looselyEqual([, 1], [2, 1]));
    assert.ok(looselyEqual(new Date(5), new Date(5)));
    assert.ok(looselyEqual(new Markup("a"), "a"));
    assert.ok(looselyEqual(new URL("http://a.example"), "http://a.example/"));
    assert.ok(!looselyEqual(new URL("http://a.example"), new URL("http://a.example")));
  });

  it("gives up on lists that hold themselves", () => {
    const [one, other]: unknown[][] = [[], []];
    one?.push(one);
    other?.push(other);
    assert.throws(() => looselyEqual(one, other), { name: "ValueFault" });
  });

  it("does not care about sides", () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (a, b) => assert.equal(looselyEqual(a, b), looselyEqual(b, a))),
      { seed: 5, numRuns: 2_000 },
    );
  });
});

describe("isSame", () => {
  it("converts nothing", () => {
    for (const [one, other] of [
      [1, "1"],
      [0, false],
      ["", null],
      [[1], ["1"]],
      [new Date(5), new Date(5)],
    ])
      assert.ok(!isSame(one, other));
    for (const [one, other] of [
      [1, 1],
      [1n, 1],
      [null, undefined],
      [f, null],
      [
        [1, { a: "b" }],
        [1, { a: "b" }],
      ],
    ])
      assert.ok(isSame(one, other));
  });
});

describe("isIn", () => {
  it("finds a value in a list, a mapping, a Map or a Set, and a part in a text", () => {
    for (const haystack of [["a", "b"], { x: "b" }, new Map([[1, "b"]]), new Set(["b"]), "abc", new Markup("abc")]) {
      assert.ok(isIn("b", haystack));
      assert.ok(!isIn("z", haystack));
    }
    assert.ok(isIn(1, ["1"]));
    assert.ok(isIn(2, "123"));
    assert.ok(isIn("", "abc"));
    assert.ok(!isIn("x", { x: "b" }));
  });

  it("takes true, false and null for themselves alone, as no role is true", () => {
    assert.ok(!isIn(true, ["admin"]));
    assert.ok(!isIn("admin", [true]));
    assert.ok(!isIn(null, ["", 0, false]));
    assert.ok(isIn(null, [undefined]));
    assert.ok(isIn(false, [false]));
  });

  it("finds nothing in a text but text, and nothing in a single value", () => {
    assert.ok(!isIn(null, "abc"));
    assert.ok(!isIn([], "abc"));
    assert.ok(!isIn("a", 5));
    assert.ok(!isIn("a", null));
  });
});

describe("startsWith and endsWith", () => {
  it("compare texts and numbers, and nothing else", () => {
    assert.ok(startsWith("Fabien", "F") && endsWith("Fabien", "n") && startsWith(123, "1"));
    assert.ok(!startsWith("a", null) && !endsWith(null, "") && !startsWith(["a"], "a"));
  });
});
