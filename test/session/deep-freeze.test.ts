import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { deepFreeze } from "../../src/session/deep-freeze.ts";

describe("deepFreeze", () => {
  it("gives the same value back, frozen to its last member", () => {
    const value = { list: [{ a: null }], text: "ab" };
    assert.equal(deepFreeze(value), value);
    for (const part of [value, value.list, value.list[0]]) assert.equal(Object.isFrozen(part), true);
  });

  it("gives texts, numbers, booleans and null as they are", () => {
    for (const value of ["", "a", 0, 1, true, false, null]) assert.equal(deepFreeze(value), value);
  });

  it("does not look into what is frozen already", () => {
    const inner = {};
    deepFreeze(Object.freeze({ inner }));
    assert.equal(Object.isFrozen(inner), false);
  });
});
