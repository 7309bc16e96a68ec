import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { JsonText } from "../../../src/templates/json-text.ts";
import { Markup } from "../../../src/templates/markup.ts";
import { entriesOf, isIterable, isMapping } from "../../../src/templates/values/entries-of.ts";
import { LIMITS } from "../../../src/templates/values/limits.ts";

const TEXTS = [
  new Markup("a"),
  new JsonText("[]"),
  new Date(0),
  new URL("http://a.example"),
  "abc",
  5,
  null,
  undefined,
  true,
];

describe("entriesOf", () => {
  it("gives a list as it is", () => {
    const list = [1, 2];
    assert.equal(entriesOf(list).values, list);
    assert.equal(entriesOf(list).keys, undefined);
  });

  it("gives an object's own enumerable properties, and what a Map, Set or iterator holds", () => {
    const object = Object.defineProperty(Object.assign(Object.create({ inherited: 1 }), { b: 2, a: 1 }), "hidden", {
      value: 1,
    });
    assert.deepEqual(entriesOf(object), { keys: ["b", "a"], values: [2, 1] });
    assert.deepEqual(entriesOf(new Map([[1, "a"]])), { keys: [1], values: ["a"] });
    assert.deepEqual(entriesOf(new Set([3])), { keys: undefined, values: [3] });
    assert.deepEqual(entriesOf(new Uint8Array([7])), { keys: undefined, values: [7] });
    assert.deepEqual(entriesOf([1].values()), { keys: undefined, values: [1] });
  });

  it("goes through what an instance of a class owns", () => {
    const row = Object.assign(new (class Row {})(), { id: 1 });
    assert.deepEqual(entriesOf(row), { keys: ["id"], values: [1] });
  });

  it("gives nothing for texts, numbers, dates and null", () => {
    for (const value of TEXTS) assert.deepEqual(entriesOf(value).values, []);
  });

  it("puts nothing in the place of a function", () => {
    const f = () => 1;
    for (const value of [{ f }, new Map([["f", f]]), new Set([f]), new Set([f]).values()]) {
      assert.deepEqual(entriesOf(value).values, [undefined]);
    }
  });

  it("asks no method of a Map or Set, where a class could have put its own", () => {
    const loud = (): never => {
      throw new Error("called");
    };
    const map = Object.assign(new Map([[1, 2]]), { forEach: loud, [Symbol.iterator]: loud });
    const set = Object.assign(new Set([2]), { forEach: loud, [Symbol.iterator]: loud });
    assert.deepEqual(entriesOf(map).values, [2]);
    assert.deepEqual(entriesOf(set).values, [2]);
  });

  it("leaves an iterator that does not end", () => {
    let given = 0;
    function* forever(): Generator<number> {
      for (;;) yield given++;
    }
    assert.throws(() => entriesOf(forever()), { name: "ValueFault", message: /100000 items/ });
    assert.equal(given, LIMITS.listItems + 1);
  });
});

describe("isIterable and isMapping", () => {
  it("tell lists, mappings and single values apart", () => {
    for (const value of TEXTS) assert.deepEqual([isIterable(value), isMapping(value)], [false, false]);
    for (const value of [[], new Set(), [].values()])
      assert.deepEqual([isIterable(value), isMapping(value)], [true, false]);
    for (const value of [{}, new Map()]) assert.deepEqual([isIterable(value), isMapping(value)], [true, true]);
  });

  it("take nothing out of an iterator", () => {
    const items = [1, 2].values();
    isMapping(items);
    assert.deepEqual([...items], [1, 2]);
  });
});
