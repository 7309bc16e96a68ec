import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LIMITS } from "../../../src/templates/values/limits.ts";
import { matches, readPattern } from "../../../src/templates/values/matches.ts";

describe("readPattern", () => {
  it("reads a pattern between delimiters, with flags", () => {
    assert.deepEqual(readPattern("/^a$/i"), /^a$/i);
    assert.deepEqual(readPattern("#^/a#"), /^\/a/);
    assert.deepEqual(readPattern("{a{2}}u"), /a{2}/u);
  });

  it("refuses what is none", () => {
    for (const literal of ["", "a", "abca", "/a", "/(/", "/a/e", "/a/x", "\\a\\"]) {
      assert.throws(() => readPattern(literal), { name: "ValueFault" }, literal);
    }
  });
});

describe("matches", () => {
  it("looks at the text of a value, again from its beginning each time", () => {
    const pattern = readPattern("/^\\d+$/");
    assert.deepEqual(
      [12, "12", "a", null, "12"].map((value) => matches(value, pattern)),
      [true, true, false, false, true],
    );
  });

  it("looks at no text beyond the limit", () => {
    assert.throws(() => matches("a".repeat(LIMITS.matchedCharacters + 1), /a/), { name: "ValueFault" });
  });
});
