import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { FormTokens, type FormTokensOptions } from "../../src/csrf/form-tokens.ts";
import { decodeJwt } from "../../src/tokens/decode-jwt.ts";
import { signJwt } from "../../src/tokens/sign-jwt.ts";
import { createSigningKeys } from "../../src/tokens/signing-keys.ts";
import { StoreDouble } from "../auth/store-double.ts";
import { forgeToken } from "../tokens/fixtures/forge-token.ts";

const SECRET = "1f0c93b5d7a24e6880bb6e5f34d2c9a7";
const NEXT_SECRET = "Zk8vQ2xLr0TgYp5WmN7bHs1dXc4uJa9e";
const NOW = 1_700_000_000_900;
const IAT = 1_700_000_000;
const HOLDER = "kq3v0Yw7uJ1mXbT5sR9eLdNcGhZaPf2oVi8tQxKy4Ew";
const keys = createSigningKeys({ secret: SECRET });

function open(options: Partial<FormTokensOptions> = {}, clock = { now: NOW }) {
  const now = () => clock.now;
  const store = new StoreDouble(now);
  return { tokens: new FormTokens({ keys, store, now, ...options }), store, clock };
}

const { tokens } = open();

describe("FormTokens.issue", () => {
  it("gives a form token that lives as long as an idle session", () => {
    const token = open({ lifetimeSeconds: 600 }).tokens.issue(HOLDER);
    assert.equal(Buffer.from(token.split(".")[0] ?? "", "base64url").toString(), '{"alg":"HS256","typ":"form+jwt"}');
    const { iat, exp } = decodeJwt(token) ?? {};
    assert.deepEqual([iat, exp], [IAT, IAT + 600]);
    assert.equal(decodeJwt(tokens.issue(HOLDER))?.exp, IAT + 3600);
  });

  it("gives each 128 random bits", () => {
    const ids = [tokens.issue(HOLDER), tokens.issue(HOLDER)].map((token) => String(decodeJwt(token)?.jti));
    for (const id of ids) assert.equal(Buffer.from(id, "base64url").length, 16);
    assert.notEqual(ids[0], ids[1]);
  });

  it("says nothing about the holder that could be used or compared", () => {
    const shown = JSON.stringify(decodeJwt(tokens.issue(HOLDER)));
    assert.ok(!shown.includes(HOLDER) && !shown.includes(Buffer.from(HOLDER).toString("base64url")));
    const other = createSigningKeys({ secret: NEXT_SECRET });
    const boundElsewhere = decodeJwt(open({ keys: other }).tokens.issue(HOLDER))?.bound;
    assert.notEqual(boundElsewhere, decodeJwt(tokens.issue(HOLDER))?.bound);
  });

  it("gives another token each time, all of them valid", () => {
    const issued = Array.from({ length: 100 }, () => tokens.issue(HOLDER));
    assert.equal(new Set(issued).size, 100);
    assert.ok(issued.every((token) => tokens.verify(token, HOLDER) !== null));
  });

  it("refuses a lifetime that is no whole number of seconds", () => {
    for (const lifetimeSeconds of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 31_536_001, "60" as never]) {
      assert.throws(() => open({ lifetimeSeconds }), { code: "OPTION_INVALID" });
    }
    assert.throws(() => open({ lifetime: 5 } as object), {
      code: "OPTION_UNKNOWN",
      message: 'FormTokens has no option "lifetime". Did you mean "lifetimeSeconds"?',
    });
  });

  it("takes a lifetime from a second to a year", () => {
    for (const lifetimeSeconds of [1, 31_536_000]) {
      assert.equal(decodeJwt(open({ lifetimeSeconds }).tokens.issue(HOLDER))?.exp, IAT + lifetimeSeconds);
    }
  });
});

describe("FormTokens.verify", () => {
  it("accepts a token for its holder, to the last millisecond", () => {
    const { tokens, clock } = open();
    const token = tokens.issue(HOLDER);
    clock.now = (IAT + 3600) * 1000 - 1;
    assert.equal(tokens.verify(token, HOLDER)?.expiresAt, (IAT + 3600) * 1000);
    clock.now += 1;
    assert.equal(tokens.verify(token, HOLDER), null);
  });

  it("refuses a token of another holder, and any token where there is none", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (mine, other) => {
        const token = tokens.issue(mine);
        return tokens.verify(token, null) === null && (mine === other) === (tokens.verify(token, other) !== null);
      }),
      { seed: 9, numRuns: 200 },
    );
  });

  it("refuses what a clock that was set back by more than a few seconds says is from the future", () => {
    const { tokens, clock } = open();
    const token = tokens.issue(HOLDER);
    clock.now -= 3_600_000;
    assert.equal(tokens.verify(token, HOLDER), null);
  });

  it("refuses a token of ours that is bound to nobody, has no id, or has an id that is no text", () => {
    const { bound } = decodeJwt(tokens.issue(HOLDER)) as { bound: string };
    const exp = IAT + 60;
    for (const claims of [
      { jti: "a" },
      { bound },
      { jti: 5, bound },
      { jti: "a", bound: [bound] },
      { jti: "a", bound: "" },
    ]) {
      assert.equal(tokens.verify(signJwt({ ...claims, exp }, keys.form), HOLDER), null, JSON.stringify(claims));
    }
    assert.notEqual(tokens.verify(signJwt({ jti: "a", bound, exp }, keys.form), HOLDER), null);
  });

  it("refuses everything else, whatever its type, and never throws", () => {
    const token = tokens.issue(HOLDER);
    const unsigned = forgeToken({ alg: "none", typ: "form+jwt" }, decodeJwt(token), keys.form.signing);
    const values = [null, undefined, 5, true, {}, [token], { toString: () => token }, "", ".", "..", unsigned];
    for (const value of [
      ...values,
      `${token}x`,
      token.slice(1),
      ` ${token}`,
      `${token}, ${token}`,
      "x".repeat(10_240),
    ]) {
      assert.equal(tokens.verify(value, HOLDER), null);
    }
    fc.assert(
      fc.property(fc.anything(), (value) => tokens.verify(value, HOLDER) === null),
      { seed: 10 },
    );
  });

  it("refuses a token of which one character was changed", () => {
    const token = tokens.issue(HOLDER);
    for (let at = 0; at < token.length; at++) {
      const changed = token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1);
      assert.equal(tokens.verify(changed, HOLDER), null, `at ${at}`);
    }
  });

  it("takes no holder for one of the name null", () => {
    assert.equal(tokens.verify(tokens.issue("null"), null), null);
  });

  it("refuses a text of more than 512 characters, whoever has signed it", () => {
    const { bound } = decodeJwt(tokens.issue(HOLDER)) as { bound: string };
    const padded = (by: number) => signJwt({ jti: "a", bound, more: "x".repeat(by), exp: IAT + 60 }, keys.form);
    const [longest, longer] = [padded(226), padded(227)];
    assert.deepEqual([longest.length, longer.length], [512, 514]);
    assert.notEqual(tokens.verify(longest, HOLDER), null);
    assert.equal(tokens.verify(longer, HOLDER), null);
    assert.ok(tokens.issue("x".repeat(10_000)).length < 300);
  });

  it("goes on accepting what a previous secret signed and bound", () => {
    const rotated = createSigningKeys({ secret: NEXT_SECRET, previous: [SECRET] });
    assert.notEqual(open({ keys: rotated }).tokens.verify(tokens.issue(HOLDER), HOLDER), null);
    const replaced = createSigningKeys({ secret: NEXT_SECRET });
    assert.equal(open({ keys: replaced }).tokens.verify(tokens.issue(HOLDER), HOLDER), null);
  });
});

describe("FormTokens.verifyAll", () => {
  it("accepts one or more valid tokens, each once", () => {
    const [first, second] = [tokens.issue(HOLDER), tokens.issue(HOLDER)];
    assert.equal(tokens.verifyAll([first], HOLDER)?.length, 1);
    assert.equal(tokens.verifyAll([first, first], HOLDER)?.length, 1);
    assert.equal(tokens.verifyAll([first, second, first], HOLDER)?.length, 2);
  });

  it("refuses all when one is not valid, and when there is none", () => {
    const valid = tokens.issue(HOLDER);
    for (const bad of ["", "x", null, [valid], tokens.issue("another holder")]) {
      assert.equal(tokens.verifyAll([valid, bad], HOLDER), null);
      assert.equal(tokens.verifyAll([bad, valid], HOLDER), null);
    }
    assert.equal(tokens.verifyAll([], HOLDER), null);
  });
});
