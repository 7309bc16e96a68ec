import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { mintRefreshToken, readRefreshToken } from "../../src/auth/refresh-token.ts";
import { decodeJwt } from "../../src/tokens/decode-jwt.ts";
import { signJwt } from "../../src/tokens/sign-jwt.ts";
import { createSigningKeys } from "../../src/tokens/signing-keys.ts";

const NOW = 1_700_000_000_000;
const { refresh: keys } = createSigningKeys({ secret: "1f0c93b5d7a24e6880bb6e5f34d2c9a7" });

describe("mintRefreshToken", () => {
  it("makes a token of 256 random bits, and a digest from which it cannot be made again", () => {
    const { text, familyId, digest } = mintRefreshToken("family", NOW + 1999, keys);
    const { jti, ...claims } = decodeJwt(text) ?? {};
    assert.match(String(jti), /^[\w-]{43}$/);
    assert.match(digest, /^[\w-]{43}$/);
    assert.notEqual(digest, jti);
    assert.deepEqual([{ ...claims }, familyId], [{ family: "family", exp: NOW / 1000 + 1 }, "family"]);
  });
});

describe("readRefreshToken", () => {
  it("knows family and digest again until the family ends", () => {
    const { text, familyId, digest } = mintRefreshToken("family", NOW + 1000, keys);
    assert.deepEqual(readRefreshToken(text, keys, NOW + 999), { familyId, digest });
    assert.equal(readRefreshToken(text, keys, NOW + 1000), null);
  });

  it("takes for none what we signed without a family, or without an id", () => {
    const exp = NOW / 1000 + 60;
    for (const claims of [{ jti: "a" }, { family: "f" }, { jti: 1, family: "f" }, { jti: "a", family: 1 }]) {
      assert.equal(readRefreshToken(signJwt({ ...claims, exp }, keys), keys, NOW), null);
    }
  });
});
