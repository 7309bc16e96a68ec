import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { XSS_PLACES } from "../xss-places.ts";
import { XSS_STRINGS } from "../xss-strings.ts";
import { fillIn } from "./fill-in.ts";
import { htmlOutline } from "./html-outline.ts";

/** Pieces that mean something somewhere, so that chance finds what matters. */
const PIECES =
  "<|>|\"|'|`|&|=|/|\\|-|--|!|<!--|-->|script|style|title|textarea|</|;|:|,|(|)|{|}|[|]|*|/*|$|%| |\n|\r|\t|\0|\u2028|.|#|?|@|javascript:|lt|#106|x|0";
const hostile = fc.string({
  unit: fc.oneof(fc.constantFrom(...PIECES.split("|")), fc.string({ unit: "binary", minLength: 1, maxLength: 1 })),
  maxLength: 12,
});

describe("every place", () => {
  for (const { name, template } of XSS_PLACES) {
    const expected = htmlOutline(fillIn(template, "x"));

    it(`has one structure whatever is printed: ${name}`, () => {
      for (const value of XSS_STRINGS) {
        assert.deepEqual(htmlOutline(fillIn(template, value)), expected, JSON.stringify(value));
      }
      const keeps = fc.property(hostile, hostile, (one, other) => {
        assert.deepEqual(htmlOutline(fillIn(template, one, other)), expected);
      });
      fc.assert(keeps, { seed: 5, numRuns: 150 });
    });
  }
});

describe("a script", () => {
  for (const { name, template } of XSS_PLACES.filter(({ template }) => /<script>|onclick/.test(template))) {
    it(`runs nothing of what is printed: ${name}`, () => {
      for (const value of XSS_STRINGS) {
        const script = scriptIn(fillIn(template, value));
        const box: { read?: unknown } = {};
        runInNewContext(`(function () { ${script} }).call(box())`, { box: () => box, hit: () => assert.fail(value) });
        if (name.includes("slash")) assert.equal(typeof box.read, "number");
        else assert.equal(name.startsWith("key") ? Object.keys(Object(box.read))[0] : box.read, value);
      }
    });
  }
});

/** What a browser runs of a page with one script or one handler. */
function scriptIn(page: string): string {
  const script = /<script>([\s\S]*)<\/script>/.exec(page)?.[1];
  if (script !== undefined) return script;
  const handler = /onclick="?([^">]*)"?>/.exec(page)?.[1] ?? "";
  return handler
    .replace(/&#(\d+);/g, (_entity, code) => String.fromCharCode(Number(code)))
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}
