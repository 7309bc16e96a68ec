import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { SignJWT } from "jose";
import type { Claims } from "../../src/claims.ts";
import { AccessTokens, type AccessTokensOptions } from "../../src/tokens/access-tokens.ts";
import { createSigningKeys } from "../../src/tokens/signing-keys.ts";
import { forgeToken } from "./fixtures/forge-token.ts";

const SECRET = "1f0c93b5d7a24e6880bb6e5f34d2c9a7";
const keys = createSigningKeys({ secret: SECRET });
const NOW = 1_700_000_000_900;
const IAT = 1_700_000_000;

function tokensAt(now: number, options: Partial<AccessTokensOptions> = {}): AccessTokens {
  return new AccessTokens({ keys, now: () => now, ...options });
}

const tokens = tokensAt(NOW);

function claimsOf(payload: Claims, expiresInMinutes?: number): Record<string, unknown> {
  return { ...tokens.verify(tokens.issue(payload, { expiresInMinutes })) };
}

describe("AccessTokens.issue", () => {
  it("adds when it was issued and when it expires: 60 minutes later", () => {
    assert.deepEqual(claimsOf({ user_id: 42, role: "admin" }), {
      user_id: 42,
      role: "admin",
      iat: IAT,
      exp: IAT + 3600,
    });
  });

  it("takes the lifetime in minutes, from the options or for one token", () => {
    assert.equal(claimsOf({}, 5).exp, IAT + 300);
    assert.equal(claimsOf({}, 0.5).exp, IAT + 30);
    assert.equal(claimsOf({}, 0.0001).exp, IAT + 1);
    const short = tokensAt(NOW, { expiresInMinutes: 15 });
    assert.equal(short.verify(short.issue({}))?.exp, IAT + 900);
  });

  it("refuses a lifetime that is no positive number of minutes", () => {
    for (const minutes of [0, -1, NaN, Infinity, 1e308, "60", null, true]) {
      const expiresInMinutes = minutes as number;
      const expected = { code: "OPTION_INVALID", message: /expiresInMinutes must be a number of minutes over 0/ };
      assert.throws(() => tokens.issue({}, { expiresInMinutes }), expected, String(minutes));
      assert.throws(() => tokensAt(NOW, { expiresInMinutes }), expected, String(minutes));
    }
  });

  it("gives a lifetime of a hundred years, and of no minute more", () => {
    const hundredYears = 100 * 366 * 1440;
    assert.equal(claimsOf({}, hundredYears).exp, IAT + hundredYears * 60);
    assert.throws(() => tokens.issue({}, { expiresInMinutes: hundredYears + 1 }), { code: "OPTION_INVALID" });
  });

  it("refuses an option that does not exist, naming whose it is not and the one that was meant", () => {
    const mistyped = { expiresInMinute: 5 } as object;
    const refusalOf = (what: string) => ({
      code: "OPTION_UNKNOWN",
      message: `${what} has no option "expiresInMinute". Did you mean "expiresInMinutes"?`,
    });
    assert.throws(() => tokens.issue({}, mistyped), refusalOf("issue"));
    assert.throws(() => new AccessTokens({ keys, ...mistyped }), refusalOf("AccessTokens"));
  });

  it("lets an exp in the payload shorten the token's life and never lengthen it", () => {
    assert.equal(claimsOf({ exp: IAT + 60 }).exp, IAT + 60);
    assert.equal(claimsOf({ exp: IAT + 1e9 }).exp, IAT + 3600);
    assert.equal(claimsOf({ exp: IAT + 600 }, 5).exp, IAT + 300);
  });

  it("always writes its own iat, and keeps auth_time", () => {
    assert.deepEqual(claimsOf({ iat: 1, auth_time: 1 }), { iat: IAT, auth_time: 1, exp: IAT + 3600 });
    assert.equal(claimsOf({ iat: IAT + 1e6 }).iat, IAT);
  });

  it("says a later iat where only a later one lets the bearer in, for the same lifetime, and never one that is not valid", () => {
    for (const [earliest, iat] of [
      [-Infinity, IAT],
      [IAT - 60, IAT],
      [IAT + 1, IAT + 1],
      [IAT + 3600, IAT + 5],
    ] as const) {
      const ahead = tokensAt(NOW, { earliestIssue: ({ sub }) => (sub === 1 ? earliest : 0) });
      assert.deepEqual({ ...ahead.verify(ahead.issue({ sub: 1 })) }, { sub: 1, iat, exp: iat + 3600 });
      assert.equal(ahead.verify(ahead.issue({ sub: 2 }))?.iat, IAT);
    }
  });

  it("refuses a payload with which the token would not be valid right away", () => {
    const refused = [{ exp: IAT }, { exp: 0 }, { exp: "x" }, { exp: null }, { nbf: IAT + 60 }, { nbf: "x" }];
    for (const payload of [...refused, { auth_time: IAT + 60 }, { auth_time: `${IAT}` }, { auth_time: null }]) {
      const expected = { code: "TOKEN_PAYLOAD_INVALID", message: /exp that has passed, or an nbf or auth_time/ };
      assert.throws(() => tokens.issue(payload as unknown as Claims), expected, JSON.stringify(payload));
    }
  });

  it("refuses a payload that JSON cannot carry", () => {
    for (const payload of [null, [], "x", { at: new Date(0) }, { a: NaN }]) {
      assert.throws(() => tokens.issue(payload as unknown as Claims), { code: "TOKEN_PAYLOAD_INVALID" });
    }
  });

  it("refuses a payload that makes a token too long to be verified", () => {
    const issue = (characters: number) => tokens.issue({ text: "x".repeat(characters) });
    const longest = Math.floor(((8192 - issue(0).length) * 3) / 4);
    assert.ok(tokens.verify(issue(longest)));
    assert.throws(() => issue(longest + 2), { code: "TOKEN_PAYLOAD_INVALID", message: /over 8192/ });
  });

  it("issues again what it has verified, which does not renew it", () => {
    const claims = tokens.verify(tokens.issue({ sub: 1, profile: { tags: ["a"] } }));
    assert.ok(claims);
    const later = tokensAt(NOW + 60_000);
    assert.deepEqual(later.verify(later.issue(claims))?.exp, claims.exp);
  });
});

describe("AccessTokens.verify", () => {
  it("gives null from the moment of expiry on", () => {
    const token = tokens.issue({ sub: 1 });
    assert.equal(tokensAt((IAT + 3600) * 1000 - 1).verify(token)?.sub, 1);
    assert.equal(tokensAt((IAT + 3600) * 1000).verify(token), null);
  });

  it("verifies what any library signs with the secret", async () => {
    const token = await new SignJWT({ sub: "42" })
      .setProtectedHeader({ alg: "HS256" })
      .setExpirationTime(IAT + 60)
      .sign(Buffer.from(SECRET));
    assert.equal(tokens.verify(token)?.sub, "42");
  });

  it("gives null for every other purpose's token, for what is no text, and for another's key", () => {
    const claims = { sub: 1, exp: IAT + 60 };
    for (const purpose of [keys.form, keys.refresh, keys.ticket]) {
      assert.equal(tokens.verify(forgeToken({ alg: "HS256", typ: purpose.typ }, claims, purpose.signing)), null);
    }
    assert.equal(tokens.verify(undefined as unknown as string), null);
    assert.equal(tokens.verify(forgeToken({ alg: "HS256" }, claims, "another key")), null);
  });

  it("requires issuer and audience exactly where they are configured", () => {
    const ours = tokensAt(NOW, { issuer: "https://a.example", audience: "shop" });
    const token = ours.issue({ sub: 1, iss: "forged", aud: ["forged"] });
    assert.deepEqual(
      { ...ours.verify(token) },
      { sub: 1, iss: "https://a.example", aud: "shop", iat: IAT, exp: IAT + 3600 },
    );
    assert.equal(ours.verify(tokens.issue({ sub: 1 })), null);

    const accepts = (iss: unknown, aud: unknown) => ours.verify(tokens.issue({ iss, aud })) !== null;
    assert.equal(accepts("https://a.example", ["blog", "shop"]), true);
    for (const iss of ["https://a.example/", "HTTPS://a.example", "", null, ["https://a.example"]]) {
      assert.equal(accepts(iss, "shop"), false, String(iss));
    }
    for (const aud of ["Shop", "shopping", "", null, [], [["shop"]], { shop: true }, ["blog"]]) {
      assert.equal(accepts("https://a.example", aud), false, JSON.stringify(aud));
    }
  });

  it("leaves iss and aud of the payload alone where nothing is configured", () => {
    assert.deepEqual(claimsOf({ iss: "me", aud: "you" }), { iss: "me", aud: "you", iat: IAT, exp: IAT + 3600 });
  });
});

describe("AccessTokens.decode", () => {
  it("reads a forged token, which verify refuses", () => {
    const forged = forgeToken({ alg: "none" }, { sub: 1, role: "admin" }, "another key");
    assert.deepEqual({ ...tokens.decode(forged) }, { sub: 1, role: "admin" });
    assert.equal(tokens.verify(forged), null);
    assert.equal(tokens.decode("x"), null);
  });
});
