import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { constantTimeEqual } from "../../src/crypto/constant-time-equal.ts";

describe("constantTimeEqual (W13)", () => {
  it("accepts the same bytes, as text or as bytes", () => {
    assert.equal(constantTimeEqual("", ""), true);
    assert.equal(constantTimeEqual("sëcret", "sëcret"), true);
    assert.equal(constantTimeEqual("sëcret", Buffer.from("sëcret")), true);
    assert.equal(constantTimeEqual(Uint8Array.of(1, 2), Uint8Array.of(1, 2)), true);
  });

  it("refuses a difference in the first, in any middle and in the last place", () => {
    for (const guess of ["Secret", "seCret", "secreT"]) assert.equal(constantTimeEqual("secret", guess), false, guess);
  });

  it("refuses another length without throwing", () => {
    for (const guess of ["", "secre", "secret!", "s".repeat(4096)])
      assert.equal(constantTimeEqual("secret", guess), false);
  });

  it("does not mistake a character for one with the same low byte", () => {
    assert.equal(constantTimeEqual("A", "\u0141"), false);
  });
});
