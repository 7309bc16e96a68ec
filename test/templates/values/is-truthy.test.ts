import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Markup } from "../../../src/templates/markup.ts";
import { UrlText } from "../../../src/templates/url-text.ts";
import { isEmpty } from "../../../src/templates/values/is-empty.ts";
import { isTruthy } from "../../../src/templates/values/is-truthy.ts";

const row: unknown = Object.assign(Object.create(null), { id: 1 });

describe("isTruthy", () => {
  it("is false for what Twig calls false, and for a function", () => {
    const values = [
      false,
      null,
      undefined,
      0,
      -0,
      0n,
      "",
      "0",
      [],
      {},
      Object.create(null),
      new Map(),
      new Set(),
      new Markup(""),
      new UrlText(""),
      isEmpty,
    ];
    for (const value of values) assert.equal(isTruthy(value), false, String(typeof value));
  });

  it("is true for everything else", () => {
    for (const value of [
      true,
      1,
      -1,
      0.1,
      Number.NaN,
      Infinity,
      1n,
      " ",
      "0.0",
      "false",
      [0],
      { a: 0 },
      row,
      new Map([[1, 1]]),
      new Set([0]),
      new Date(0),
      new Markup("a"),
      new UrlText("a"),
    ]) {
      assert.equal(isTruthy(value), true, String(typeof value));
    }
  });
});

describe("isEmpty", () => {
  it("is true for null, false, a text without characters, and lists and mappings without items", () => {
    const blank = new (class {
      toString(): string {
        return "";
      }
    })();
    for (const value of [null, undefined, false, "", [], {}, new Map(), new Set(), new Markup(""), isEmpty, blank]) {
      assert.equal(isEmpty(value), true, typeof value);
    }
  });

  it("is false for zero, for spaces, and for what holds something", () => {
    for (const value of [
      0,
      0n,
      "0",
      " ",
      true,
      Number.NaN,
      [null],
      row,
      new Map([[1, 1]]),
      new Set([0]),
      new Date(0),
      new URL("http://a.example"),
    ]) {
      assert.equal(isEmpty(value), false, typeof value);
    }
  });
});
