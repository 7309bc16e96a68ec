import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Claims } from "../../src/claims.ts";
import { Tina4Error } from "../../src/errors.ts";
import { AccessTokens } from "../../src/tokens/access-tokens.ts";
import { FreshTokens, type FreshTokensOptions } from "../../src/tokens/fresh-tokens.ts";
import { createSigningKeys } from "../../src/tokens/signing-keys.ts";

const IAT = 1_700_000_000;
const HALF_DAY = 43_200;
const keys = createSigningKeys({ secret: "1f0c93b5d7a24e6880bb6e5f34d2c9a7" });

function open(options: Partial<FreshTokensOptions> = {}) {
  const clock = { now: IAT * 1000 };
  const now = () => clock.now;
  const accessTokens = new AccessTokens({ keys, now });
  const freshTokens = new FreshTokens({ accessTokens, now, ...options });
  const claimsOf = (token: string | null): Claims | null => accessTokens.verify(token ?? "");
  const present = (payload: Claims, expiresInMinutes?: number): Claims =>
    claimsOf(accessTokens.issue(payload, { expiresInMinutes })) ?? assert.fail();
  const renew = (claims: Claims): Claims | null => claimsOf(freshTokens.renew(claims));
  return { clock, accessTokens, freshTokens, present, renew };
}

describe("FreshTokens.renew", () => {
  it("gives a token that says the same, lives as long again, and remembers the first of its chain", () => {
    const { clock, present, renew } = open();
    const claims = present({ sub: 42, role: "admin" });
    clock.now += 600_500;
    assert.deepEqual(
      { ...renew(claims) },
      { sub: 42, role: "admin", iat: IAT + 600, exp: IAT + 600 + 3600, auth_time: IAT },
    );
  });

  it("keeps the life that the presented token was given", () => {
    const { clock, present, renew } = open();
    const claims = present({ sub: 42 }, 5);
    clock.now += 60_000;
    assert.equal(renew(claims)?.exp, IAT + 60 + 300);
  });

  it("ends every chain half a day after its first token", () => {
    const { clock, present, renew } = open();
    let claims: Claims | null = present({ sub: 42 });
    for (let renewals = 0; claims !== null && renewals < 100; renewals++) {
      clock.now += 1_800_000;
      const next = renew(claims);
      if (next === null) break;
      assert.ok((next.exp ?? Infinity) <= IAT + HALF_DAY);
      assert.ok((next.exp ?? 0) >= (claims.exp ?? Infinity));
      assert.equal(next.auth_time, IAT);
      claims = next;
    }
    assert.equal(claims?.exp, IAT + HALF_DAY);
    clock.now = (IAT + HALF_DAY) * 1000;
    assert.equal(renew(claims as Claims), null);
  });

  it("gives none that would end earlier than the presented one", () => {
    const { clock, present, renew } = open({ maxAgeMinutes: 60 });
    const claims = present({ sub: 42 }, 120);
    clock.now += 60_000;
    assert.equal(renew(claims), null);
    clock.now = IAT * 1000;
    const fresh = present({ sub: 42 });
    clock.now -= 2000;
    assert.equal(renew(fresh), null);
  });

  it("gives one with the same end when the chain can grow no longer", () => {
    const { present, renew } = open({ maxAgeMinutes: 60 });
    assert.equal(renew(present({ sub: 42 }, 60))?.exp, IAT + 3600);
  });

  it("gives none to a token of a refresh family, and one to a token that is tied to a session", () => {
    const { present, renew, freshTokens } = open();
    assert.equal(freshTokens.renew(present({ sub: 42, token_family: "f" })), null);
    assert.equal(renew(present({ sub: 42, session_tie: "s" }))?.session_tie, "s");
  });

  it("gives none to whom the request itself has revoked", () => {
    const revoked = new Set([42]);
    const { present, renew } = open({ isRevoked: ({ sub }) => revoked.has(Number(sub)) });
    assert.equal(renew(present({ sub: 42 })), null);
    assert.notEqual(renew(present({ sub: 43 })), null);
  });

  it("gives none to a token that does not say when it was issued, or that has expired", () => {
    const { freshTokens } = open();
    assert.equal(freshTokens.renew({ sub: 42, exp: IAT + 60 }), null);
    assert.equal(freshTokens.renew({ sub: 42, exp: IAT + 60, auth_time: IAT }), null);
    assert.equal(freshTokens.renew({ sub: 42, iat: IAT }), null);
    assert.equal(freshTokens.renew({ sub: 42, iat: IAT - 60, exp: IAT - 60 }), null);
  });

  it("asks for no token to be made where a time is missing", () => {
    const accessTokens = Object.assign(Object.create(open().accessTokens), { issue: () => assert.fail("asked") });
    const { freshTokens } = open({ accessTokens });
    for (const times of [{}, { iat: IAT }, { exp: IAT + 60 }, { exp: IAT + 60, auth_time: IAT }]) {
      assert.equal(freshTokens.renew({ sub: 42, ...times }), null, JSON.stringify(times));
    }
  });

  it("gives none, and does not throw, when the new token would be too long", () => {
    const { present, renew, accessTokens } = open();
    const room = 8192 - accessTokens.issue({ pad: "" }).length;
    const pad = "x".repeat(Math.floor((room * 3) / 4) - 2);
    assert.equal(renew(present({ pad })), null);
    assert.notEqual(renew(present({ pad: pad.slice(100) })), null);
  });

  it("keeps its promises for every token and every moment", () => {
    const moment = fc.record({
      lifeSeconds: fc.integer({ min: 1, max: 100_000 }),
      age: fc.integer({ min: 0, max: 100_000 }),
      since: fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(moment, ({ lifeSeconds, age, since }) => {
        const { clock, present, renew } = open();
        const claims = present(since === undefined ? {} : { auth_time: IAT - since }, lifeSeconds / 60);
        clock.now += age * 1000;
        const first = claims.auth_time ?? IAT;
        const end = Math.min(IAT + age + lifeSeconds, first + HALF_DAY);
        const isDue = age < lifeSeconds && end >= IAT + lifeSeconds;
        const renewed = age < lifeSeconds ? renew(claims) : null;
        assert.deepEqual([renewed?.exp, renewed?.auth_time], isDue ? [end, first] : [undefined, undefined]);
      }),
      { seed: 32, numRuns: 500 },
    );
  });

  it("gives none where the new token would be too long for what a token may be", () => {
    const { present, renew, freshTokens } = open();
    const claims = present({ sub: "x".repeat(5980) });
    assert.equal(freshTokens.renew({ ...claims, more: "x".repeat(200) }), null);
    assert.equal(renew(present({ sub: 42 }))?.sub, 42);
  });

  it("hides no other fault of the token's maker", () => {
    const { accessTokens, present } = open();
    for (const fault of [new Error("no key"), new Tina4Error("OPTION_INVALID", "no key")]) {
      const broken = Object.assign(Object.create(accessTokens), { issue: () => assert.fail(fault) });
      const freshTokens = new FreshTokens({ accessTokens: broken, now: () => IAT * 1000 });
      assert.throws(() => freshTokens.renew(present({ sub: 42 })), fault);
    }
  });

  it("ends a chain after less than a minute where it is told to", () => {
    const { clock, present, renew } = open({ maxAgeMinutes: 0.5 });
    const claims = present({ sub: 42 }, 0.25);
    clock.now += 10_000;
    const renewed = renew(claims);
    assert.equal(renewed?.exp, IAT + 25);
    clock.now += 10_000;
    assert.equal(renew(renewed ?? {})?.exp, IAT + 30);
  });

  it("refuses options that make no sense", () => {
    for (const maxAgeMinutes of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, "720" as never]) {
      assert.throws(() => open({ maxAgeMinutes }), { code: "OPTION_INVALID" });
    }
    assert.throws(() => open({ maxAge: 720 } as object), {
      code: "OPTION_UNKNOWN",
      message: 'FreshTokens has no option "maxAge". Did you mean "maxAgeMinutes"?',
    });
  });
});
