import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Markup } from "../../../src/templates/markup.ts";
import { LIMITS } from "../../../src/templates/values/limits.ts";
import { toText } from "../../../src/templates/values/to-text.ts";

describe("toText", () => {
  it("prints nothing for null, undefined and false, and 1 for true", () => {
    assert.deepEqual([null, undefined, false, true].map(toText), ["", "", "", "1"]);
  });

  it("prints numbers and objects as JavaScript converts them", () => {
    const object = { toString: () => "<b>" };
    assert.deepEqual([0, -1.5, 12n, [1, [2, null], "a"], object, new Markup("<i>")].map(toText), [
      "0",
      "-1.5",
      "12",
      "1,2,,a",
      "<b>",
      "<i>",
    ]);
  });

  it("never shows a function, also not in a list", () => {
    const secret = () => "secret";
    assert.equal(toText(secret), "");
    assert.equal(toText([1, secret, [secret]]), "1,,");
  });

  it("survives what cannot be converted", () => {
    const row: unknown = Object.create(null);
    const broken = {
      toString: () => {
        throw new Error("broken");
      },
    };
    assert.deepEqual([row, broken, [row]].map(toText), ["[object Object]", "[object Object]", "[object Object]"]);
  });

  it("stops at a list that holds itself, and at one that would be too long", () => {
    const circle: unknown[] = [1];
    circle.push(circle);
    assert.match(toText(circle), /^1(?:,1)+,$/);
    let many: unknown = "a".repeat(1_000);
    for (let level = 0; level < 30; level += 1) many = [many, many];
    assert.throws(() => toText(many), { message: new RegExp(`${LIMITS.textCharacters}`) });
  });
});
