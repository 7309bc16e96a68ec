import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MAX_TOKEN_LENGTH, splitToken } from "../../src/tokens/split-token.ts";

describe("splitToken", () => {
  it("cuts at two dots, whatever stands between them", () => {
    assert.deepEqual(splitToken("ab.cd.ef"), { header: "ab", payload: "cd", signature: "ef", signed: "ab.cd" });
    assert.deepEqual(splitToken("a..c"), { header: "a", payload: "", signature: "c", signed: "a." });
    assert.deepEqual(splitToken(".."), { header: "", payload: "", signature: "", signed: "." });
  });

  it("refuses less and more than three parts", () => {
    for (const token of ["", "abc", "a.b", "a.", ".", "...", "a.b..", "a.b.c.", "a.b.c.d", ".a.b.c"]) {
      assert.equal(splitToken(token), null, token);
    }
  });

  it("refuses more than 8192 characters, and what is no text", () => {
    const longest = "a.b.".padEnd(MAX_TOKEN_LENGTH, "c");
    assert.equal(longest.length, 8192);
    assert.equal(splitToken(longest)?.header, "a");
    assert.equal(splitToken(`${longest}c`), null);
    for (const value of [undefined, null, 42, ["a.b.c"], { length: 5 }]) assert.equal(splitToken(value as never), null);
  });
});
