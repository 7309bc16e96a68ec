import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { TIE_CLAIMS } from "../../src/tokens/tie-claims.ts";

describe("TIE_CLAIMS", () => {
  it("keep their names, so that tokens which were given before an update are tied after it", () => {
    assert.deepEqual(TIE_CLAIMS, { family: "token_family", session: "session_tie" });
  });
});
