import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Html, html } from "../../src/text/html.ts";

describe("html", () => {
  const markup = (value: Parameters<typeof html>[1]): string => html`<p title="${value}">${value}</p>`.toString();

  it("escapes text, between tags and in attributes", () => {
    assert.equal(
      markup(`<b a="1">'&\``),
      '<p title="&lt;b a=&quot;1&quot;&gt;&#39;&amp;&#96;">&lt;b a=&quot;1&quot;&gt;&#39;&amp;&#96;</p>',
    );
  });

  it("puts markup into markup as it stands, also from lists", () => {
    assert.equal(
      html`<ul>${["<", ">"].map((text) => html`<li>${text}</li>`)}</ul>`.toString(),
      "<ul><li>&lt;</li><li>&gt;</li></ul>",
    );
  });

  it("writes numbers, and nothing for what is not there", () => {
    assert.equal(html`a${0}b${undefined}c${false}d${[]}e${""}f`.toString(), "a0bcdef");
  });

  it("takes nothing for markup that only looks like it", () => {
    const forged = Object.assign(Object.create(Html.prototype) as Html, { markup: "<script>" });
    assert.equal(Html.is(forged), false);
    assert.equal(Html.is({ toString: () => "<script>" }), false);
    assert.equal(html`${{ toString: () => "<script>" } as unknown as string}`.toString(), "&lt;script&gt;");
  });
});
