import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { escapeHtml } from "../../../src/templates/escaping/escapers/escape-html.ts";

const parts = fc.array(fc.constantFrom(..."&<>\"'`\0\r\n aä\ud800", "\u{1f600}"), { maxLength: 600 });

describe("escapeHtml", () => {
  it("escapes a text of any length as it does its characters one by one", () => {
    fc.assert(
      fc.property(parts, (all) => {
        assert.equal(escapeHtml(all.join("")), all.map(escapeHtml).join(""));
      }),
      { seed: 7 },
    );
  });
});
