import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { escapeHtml } from "../../../src/templates/escaping/escapers/escape-html.ts";
import { rendered } from "../frond-of.ts";

const SEED = 7;
const IF_A = "{% if a %}A{% elseif b %}B{% else %}-{% endif %}";
const IF_B = "{% if b %}b{% endif %}";

describe("texts around branches", () => {
  it("stand in their order, whichever branch is shown", () => {
    const page = `<p>1${IF_A}2${IF_B}3{{ x }}4${IF_A}${IF_B}{{ x }}${IF_A}5{{ x }}</p>`;
    assert.equal(rendered(page, { a: true, b: true, x: "x" }), "<p>1A2b3x4AbxA5x</p>");
    assert.equal(rendered(page, { a: false, b: true, x: "x" }), "<p>1B2b3x4BbxB5x</p>");
    assert.equal(rendered(page, { x: "x" }), "<p>1-23x4-x-5x</p>");
  });

  it("stand there also when they are long", () => {
    const long = "long ".repeat(300);
    const page = `${long}${IF_A}${long}{{ x }}${long}${IF_B}!${IF_A}${long}`;
    assert.equal(rendered(page, { a: true, b: true, x: "x" }), `${long}A${long}x${long}b!A${long}`);
  });

  it("are not repeated by branches in which something is printed", () => {
    const page = "1{% if a %}2{{ x }}3{% else %}4{% endif %}5";
    assert.equal(rendered(page, { a: true, x: "x" }), "12x35");
    assert.equal(rendered(page, { x: "x" }), "145");
  });
});

describe("the escaping of page text", () => {
  it("replaces every character that has a meaning, wherever it stands", () => {
    const entities = new Map(Object.entries({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }));
    const text = fc.string({ unit: fc.constantFrom("&", "<", ">", '"', "'", "a", "ü", "😀", " ") });
    fc.assert(
      fc.property(text, (plain) => {
        const expected = [...plain].map((character) => entities.get(character) ?? character).join("");
        assert.equal(escapeHtml(plain), expected);
      }),
      { seed: SEED },
    );
  });
});
