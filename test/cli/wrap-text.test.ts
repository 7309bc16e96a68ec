import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { joinWords, wrapText } from "../../src/cli/wrap-text.ts";

describe("wrapText", () => {
  it("breaks between words, and leaves a word whole that is too long", () => {
    assert.deepEqual(wrapText("one two three", 7), ["one two", "three"]);
    assert.deepEqual(wrapText("one two three", 6), ["one", "two", "three"]);
    assert.deepEqual(wrapText("a longest b", 3), ["a", "longest", "b"]);
    assert.deepEqual(wrapText("", 3), [""]);
  });
});

describe("joinWords", () => {
  it("does not break a word that holds a space", () => {
    assert.deepEqual(joinWords(["tina4", "serve", "[--port N]"], 14), ["tina4 serve", "[--port N]"]);
  });
});
