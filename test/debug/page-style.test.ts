import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PAGE_STYLE } from "../../src/debug/page-style.ts";

/** WCAG 2.2, 1.4.3, for text of any size. */
const LEAST_CONTRAST = 4.5;
const PAIRS: readonly (readonly [string, readonly string[]])[] = [
  ["text", ["ground", "card", "danger-ground", "doubt-ground", "mark"]],
  ["soft", ["ground", "card", "danger-ground", "doubt-ground"]],
  ["accent", ["ground", "card"]],
  ["danger", ["ground", "card", "danger-ground"]],
  ["doubt", ["card", "doubt-ground"]],
  ["good", ["card"]],
];

function coloursOf(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(/--([\w-]+): (#[0-9a-f]+);/g)].map(([, name = "", colour = ""]) => [name, colour]));
}

/** @see WCAG 2.2, "relative luminance" */
function luminance(colour = ""): number {
  const digits = colour.length === 4 ? colour.replace(/[0-9a-f]/g, "$&$&") : colour;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string | undefined, other: string | undefined): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe("the style of the debug pages", () => {
  const [light = "", dark = ""] = PAGE_STYLE.split("prefers-color-scheme: dark");
  for (const [scheme, colours] of Object.entries({ light: coloursOf(light), dark: coloursOf(dark) })) {
    for (const [text, grounds] of PAIRS) {
      it(`lets ${text} be read in ${scheme}`, () => {
        const weak = grounds.filter((ground) => !(contrast(colours.get(text), colours.get(ground)) >= LEAST_CONTRAST));
        assert.deepEqual(weak, []);
      });
    }
  }

  it("loads nothing", () => assert.doesNotMatch(PAGE_STYLE, /url\(|@import|<|http/));
});
