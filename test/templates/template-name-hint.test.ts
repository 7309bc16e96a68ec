import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { templateNameHint } from "../../src/templates/template-name-hint.ts";

const KNOWN = ["base.twig", "parts/price.twig", "a/row.twig", "b/row.twig", "errors/404.twig"];

describe("the hint for a template that is not there", () => {
  it("finds the file in another folder, or under another ending", () => {
    assert.equal(templateNameHint("partials/price.twig", KNOWN), ' Did you mean "parts/price.twig"?');
    assert.equal(templateNameHint("templates/base.html.twig", KNOWN), ' Did you mean "base.twig"?');
    assert.equal(templateNameHint("/base", KNOWN), ' Did you mean "base.twig"?');
    assert.equal(templateNameHint("@errors/404.html", KNOWN), ' Did you mean "errors/404.twig"?');
  });

  it("finds the nearest name where the file name is wrong, or not the only one", () => {
    assert.equal(templateNameHint("bsae.twig", KNOWN), ' Did you mean "base.twig"?');
    assert.equal(templateNameHint("aa/row.twig", KNOWN), ' Did you mean "a/row.twig"?');
    assert.equal(templateNameHint("checkout/summary.twig", KNOWN), "");
  });
});
