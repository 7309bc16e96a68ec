import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { AccessTokens } from "../../src/tokens/access-tokens.ts";
import { signJwt } from "../../src/tokens/sign-jwt.ts";
import { createSigningKeys } from "../../src/tokens/signing-keys.ts";
import { VerifiedTokens } from "../../src/tokens/verified-tokens.ts";
import { verifyJws } from "../../src/tokens/verify-jws.ts";

const { access, form } = createSigningKeys({ secret: "1f0c93b5d7a24e6880bb6e5f34d2c9a7" });
const otherKeys = createSigningKeys({ secret: "9f0c93b5d7a24e6880bb6e5f34d2c9a1" }).access;
const SECONDS = 1_700_000_000;
const LIMIT = 5000;
const LONG_HEADERS = fileURLToPath(new URL("fixtures/remember-long-headers.ts", import.meta.url));

const tokenOf = (sub: number | string): string => signJwt({ sub, exp: SECONDS + 60 }, access);

describe("VerifiedTokens", () => {
  it("gives the payload that verifying gives, each time", () => {
    const tokens = new VerifiedTokens(access);
    for (const time of ["first", "second", "third"]) {
      assert.deepEqual(tokens.verify(tokenOf(1)), verifyJws(tokenOf(1), access), time);
    }
    assert.equal(tokens.size, 1);
  });

  it("knows a token again by its whole text", () => {
    const tokens = new VerifiedTokens(access);
    const token = tokenOf(1);
    assert.ok(tokens.verify(token));
    for (let index = 0; index < token.length; index += 1) {
      const other = token[index] === "A" ? "B" : "A";
      const changed = token.slice(0, index) + other + token.slice(index + 1);
      assert.equal(tokens.verify(changed), null, changed);
    }
    for (const changed of [`${token}=`, `${token}A`, ` ${token}`, token.slice(0, -1), token.slice(0, -43)]) {
      assert.equal(tokens.verify(changed), null, changed);
    }
    assert.ok(tokens.verify(token));
  });

  it("remembers nothing that it refuses", () => {
    const tokens = new VerifiedTokens(access);
    const foreign = [form, otherKeys].map((keys) => signJwt({ sub: 1, exp: SECONDS + 60 }, keys));
    for (const bad of ["", "a.b.c", ...foreign, undefined, null, {}]) {
      assert.equal(tokens.verify(bad), null);
    }
    assert.equal(tokens.size, 0);
  });

  it("shares nothing with the tokens of another key", () => {
    const tokens = new VerifiedTokens(access);
    assert.ok(tokens.verify(tokenOf(1)));
    assert.equal(new VerifiedTokens(otherKeys).verify(tokenOf(1)), null);
  });

  it("remembers five thousand at most: those that keep coming, and the last half of them at least", () => {
    let verified = 0;
    const watched = {
      ...access,
      get verifying() {
        verified += 1;
        return access.verifying;
      },
    };
    const tokens = new VerifiedTokens(watched);
    const isKnown = (sub: number | string): boolean => {
      const before = verified;
      assert.ok(tokens.verify(tokenOf(sub)));
      return verified === before;
    };
    assert.deepEqual([isKnown("regular"), isKnown("once"), isKnown("once")], [false, false, true]);
    for (let sub = 1; sub <= 2 * LIMIT; sub += 1) {
      assert.equal(isKnown(sub), false);
      assert.ok(tokens.size <= LIMIT);
      if (sub % 1000 === 0) assert.equal(isKnown("regular"), true);
    }
    assert.ok(tokens.size > LIMIT / 2);
    for (let sub = 2 * LIMIT; sub > 1.5 * LIMIT; sub -= 1) assert.equal(isKnown(sub), true);
    assert.equal(isKnown("once"), false);
  });

  it("verifies tokens of more than 1024 characters each time", () => {
    const tokens = new VerifiedTokens(access);
    const [longest, longer] = [tokenOf("x".repeat(680)), tokenOf("x".repeat(681))];
    assert.deepEqual([longest.length, longer.length], [1024, 1025]);
    assert.ok(tokens.verify(longer));
    assert.equal(tokens.size, 0);
    assert.ok(tokens.verify(longest));
    assert.equal(tokens.size, 1);
  });

  it("keeps of a header only the token, whatever stood before it", async () => {
    const [{ size, bytes }] = await once(fork(LONG_HEADERS), "message");
    assert.equal(size, 500);
    assert.ok(bytes < 2_000_000, `500 tokens, of 8 MB of headers, keep ${bytes} bytes`);
  });
});

describe("AccessTokens, for a token that it knows", () => {
  let now = SECONDS * 1000;
  const tokens = new AccessTokens({
    keys: createSigningKeys({ secret: "1f0c93b5d7a24e6880bb6e5f34d2c9a7" }),
    now: () => now,
  });

  it("gives new claims each time, so that nobody sees what another request has made of them", () => {
    const token = tokens.issue({ sub: 1, roles: ["user"] });
    const first = tokens.verify(token) as { sub: number; roles: string[] };
    first.sub = 2;
    first.roles.push("admin");
    assert.deepEqual({ ...tokens.verify(token) }, { sub: 1, roles: ["user"], iat: SECONDS, exp: SECONDS + 3600 });
  });

  it("looks at its times anew", () => {
    const token = tokens.issue({ sub: 1 }, { expiresInMinutes: 1 });
    const later = tokens.issue({ sub: 2 }, { expiresInMinutes: 2 });
    for (const good of [token, later]) assert.ok(tokens.verify(good));
    now += 59_999;
    assert.ok(tokens.verify(token));
    now += 1;
    assert.equal(tokens.verify(token), null);
    assert.ok(tokens.verify(later));
    now -= 66_000;
    assert.equal(tokens.verify(later), null, "issued in the future, once the clock is set back");
  });
});
