import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sha256 } from "../../src/crypto/sha256.ts";
import { isSessionId, SESSION_ID_BYTES, sessionKey } from "../../src/session/session-key.ts";

const ID = "Az09_-".padEnd(43, "x");

describe("the id of a session", () => {
  it("is 256 bits as base64url, and nothing before or after", () => {
    assert.equal(SESSION_ID_BYTES, 32);
    assert.equal(isSessionId(ID), true);
    for (const text of ["", ID.slice(1), `${ID}x`, `x${ID}`, ` ${ID}`, `${ID}\n`, ID.replace("_", "/")]) {
      assert.equal(isSessionId(text), false, text);
    }
  });

  it("is stored under its digest", () => {
    assert.equal(sessionKey(ID), `session:${sha256(ID, "base64url")}`);
  });
});
