import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { TemplateSource } from "../../src/templates/template-source.ts";

function excerpt(text: string, mark: string): readonly string[] {
  return new TemplateSource("page.twig", text).excerpt(text.indexOf(mark)).split("\n");
}

describe("the excerpt of a template", () => {
  it("shows the lines around a place, with a mark under it", () => {
    assert.deepEqual(excerpt("a\nb\nc\nd !\ne\n", "!"), [
      "  2 | b",
      "  3 | c",
      "> 4 | d !",
      "    |   ^",
      "  5 | e",
      "  6 |",
    ]);
  });

  it("cuts only long lines, and shows where", () => {
    const long = `${"-".repeat(100)}!${"+".repeat(100)}`;
    assert.deepEqual(excerpt(`<p>\n${long}\n</p>`, "!"), [
      "  1 | <p>",
      `> 2 | …${"-".repeat(58)}!${"+".repeat(59)}…`,
      `    | ${" ".repeat(59)}^`,
      "  3 | </p>",
    ]);
  });

  it("shows a line that just fits as it is", () => {
    const fits = `${"-".repeat(119)}!`;
    assert.deepEqual(excerpt(fits, "!"), [`> 1 | ${fits}`, `    | ${" ".repeat(119)}^`]);
  });
});
