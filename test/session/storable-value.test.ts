import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { storableValue } from "../../src/session/storable-value.ts";

describe("storableValue", () => {
  const refusal = (value: unknown): string => {
    try {
      storableValue("set", value);
    } catch (error) {
      assert.equal((error as { code?: unknown }).code, "SESSION_VALUE_INVALID");
      return (error as Error).message;
    }
    return "taken";
  };

  it("copies whatever JSON gives back as it was", () => {
    const json = fc
      .jsonValue({ stringUnit: "grapheme" })
      .filter((value) => !JSON.stringify(value).includes("__proto__"));
    fc.assert(
      fc.property(json, (value) => {
        const plain = JSON.parse(JSON.stringify(value));
        assert.deepEqual(storableValue("set", plain), plain);
      }),
      { seed: 11, numRuns: 50 },
    );
  });

  it("drops a member that is undefined, as JSON does", () => {
    assert.deepEqual(storableValue("set", { a: 1, b: undefined }), { a: 1 });
  });

  it("takes an object without a prototype, as a parser of queries makes it", () => {
    assert.deepEqual(storableValue("set", Object.assign(Object.create(null), { a: 1 })), { a: 1 });
  });

  it("refuses a member that names a prototype", () => {
    const value = JSON.parse('{"a":{"__proto__":{"admin":1}}}');
    assert.match(refusal(value), /At "\/a\/__proto__" there is a name that JavaScript reserves\./);
  });

  it("refuses what JSON would drop or change, and says where it is and what to do", () => {
    const takes = "set takes what JSON can carry.";
    const other = "Store plain objects, lists, texts, finite numbers, booleans and null.";
    assert.equal(refusal(undefined), `${takes} It is undefined. To remove a key, use delete.`);
    assert.equal(refusal(10n), `${takes} It is a bigint. Store it as text.`);
    assert.equal(refusal(Number.NaN), `${takes} It is NaN. ${other}`);
    assert.equal(refusal({ at: [1, Infinity] }), `${takes} At "/at/1" there is Infinity. ${other}`);
    assert.equal(
      refusal({ on: new Date() }),
      `${takes} At "/on" there is an object of class Date. Store date.toISOString().`,
    );
    assert.equal(refusal([() => {}]), `${takes} At "/0" there is a function. ${other}`);
    assert.equal(refusal(Symbol("a")), `${takes} It is a symbol. ${other}`);
    assert.equal(refusal(new Map()), `${takes} It is an object of class Map. ${other}`);
    assert.equal(refusal([1, undefined]), `${takes} At "/1" there is undefined. To remove a key, use delete.`);
  });

  it("refuses a circle and whatever is deeper than 32 levels", () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    assert.match(refusal(circle), /more than 32 levels, or a circle/);
    for (const [innermost, around] of [
      [[], (member: unknown) => [member]],
      [{}, (member: unknown) => ({ member })],
    ] as const) {
      const nested = (levels: number): unknown => (levels === 1 ? innermost : around(nested(levels - 1)));
      assert.equal(refusal(nested(32)), "taken");
      assert.match(refusal(nested(33)), /more than 32 levels/);
    }
  });
});
