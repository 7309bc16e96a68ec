import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Markup } from "../../../src/templates/markup.ts";
import { Arrow } from "../../../src/templates/values/arrow.ts";
import { joined } from "../../../src/templates/values/joined.ts";
import { LIMITS } from "../../../src/templates/values/limits.ts";
import { mappingOf } from "../../../src/templates/values/mapping-of.ts";

describe("joined", () => {
  it("puts texts together", () => {
    assert.equal(joined("a", 1), "a1");
    assert.equal(joined(null, true), "1");
  });

  it("is markup only when both sides are", () => {
    assert.ok(Markup.is(joined(new Markup("<a>"), new Markup("<b>"))));
    assert.equal(joined(new Markup("<a>"), "<b>"), "<a><b>");
  });

  it("makes no text beyond the limit", () => {
    const half = "a".repeat(LIMITS.textCharacters / 2 + 1);
    assert.throws(() => joined(half, half), { name: "ValueFault" });
  });
});

describe("mappingOf", () => {
  it("makes an object without prototype, in which every name is a key", () => {
    const mapping = mappingOf(["__proto__", "constructor", "b"], [1, 2, 3]);
    assert.equal(Object.getPrototypeOf(mapping), null);
    assert.deepEqual(Object.entries(mapping), [
      ["__proto__", 1],
      ["constructor", 2],
      ["b", 3],
    ]);
  });

  it("keeps the order of numbers in a Map, where an object would lose it", () => {
    assert.deepEqual([...(mappingOf(["b", "10", 2], [1, 2, 3]) as Map<unknown, unknown>).keys()], ["b", 10, 2]);
  });
});

describe("Arrow and Markup", () => {
  it("cannot be forged by data", () => {
    for (const fake of [{ call: () => 1 }, Object.create(Arrow.prototype), JSON.parse('{"html":"<b>"}'), null, "a"]) {
      assert.equal(Arrow.is(fake), false);
      assert.equal(Markup.is(fake), false);
    }
  });
});
