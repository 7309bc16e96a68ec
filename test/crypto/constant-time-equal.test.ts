import assert from "node:assert/strict";
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { describe, it, mock } from "node:test";

const compare = mock.method(crypto, "timingSafeEqual");
syncBuiltinESMExports();
const { constantTimeEqual } = await import("../../src/crypto/constant-time-equal.ts");

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

  it("leaves each comparison of one length to what Node.js has for secrets", () => {
    for (const guess of ["secret", "Secret", "secreT"]) {
      compare.mock.resetCalls();
      constantTimeEqual("secret", guess);
      assert.equal(compare.mock.callCount(), 1, guess);
    }
  });

  it("refuses another length without throwing", () => {
    for (const guess of ["", "secre", "secret!", "s".repeat(4096)])
      assert.equal(constantTimeEqual("secret", guess), false);
  });

  it("does not mistake a character for one with the same low byte", () => {
    assert.equal(constantTimeEqual("A", "\u0141"), false);
  });
});
