import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Claims } from "../../src/claims.ts";
import { decodeJwt } from "../../src/tokens/decode-jwt.ts";
import { openFamily, START } from "./family-of-tokens.ts";

const UNAVAILABLE = { name: "HttpError", status: 503, code: "STORE_UNAVAILABLE" };
const WEEK_MS = 10_080 * 60_000;

describe("RefreshTokens.issue", () => {
  it("gives an access token of 15 minutes and a refresh token of a week", async () => {
    const { refreshTokens, gate } = openFamily();
    const pair = await refreshTokens.issue({ sub: 42, role: "admin" });
    const { token_family: family, ...claims } = gate(pair) ?? {};
    const iat = START / 1000;
    assert.deepEqual(claims, { sub: 42, role: "admin", auth_time: iat, iat, exp: iat + 900 });
    assert.match(String(family), /^[\w-]{22}$/);
    assert.equal(pair.expiresIn, 15);
    assert.equal(decodeJwt(pair.refreshToken)?.exp, (START + WEEK_MS) / 1000);
  });

  it("keeps no token, and nothing of one that could be presented", async () => {
    const { refreshTokens, store, use } = openFamily();
    const first = await refreshTokens.issue({ sub: 42 });
    const second = await use(first);
    const kept = store.dump();
    for (const { token, refreshToken } of [first, second]) {
      const jti = String(decodeJwt(refreshToken)?.jti);
      for (const secret of [token, refreshToken, jti]) assert.ok(!kept.includes(secret));
    }
    for (const key of store.records.keys()) assert.match(key, /^[a-z]+:[\w-]{43}$/);
  });

  it("refuses claims that name nobody, or that no token can carry, before anything is kept", async () => {
    const { refreshTokens, store } = openFamily();
    for (const claims of [{}, { sub: null }, { sub: {} }, { sub: 1, at: new Date(0) }, { sub: 1, exp: START / 1000 }]) {
      await assert.rejects(refreshTokens.issue(claims as Claims), { code: "TOKEN_PAYLOAD_INVALID" });
    }
    assert.equal(store.records.size, 0);
  });

  it("lets an exp in the claims shorten all that is issued", async () => {
    const { refreshTokens, clock, use } = openFamily();
    const pair = await refreshTokens.issue({ sub: 42, exp: START / 1000 + 300 });
    assert.equal(pair.expiresIn, 5);
    clock.now = START + 240_000;
    const next = await use(pair);
    assert.equal(next.expiresIn, 1);
    clock.now = START + 300_000;
    assert.equal(await refreshTokens.refresh(next.refreshToken), null);
  });

  it("keeps the auth_time of claims that have one", async () => {
    const { refreshTokens, gate } = openFamily();
    const pair = await refreshTokens.issue({ sub: 42, auth_time: START / 1000 - 60 });
    assert.equal(gate(pair)?.auth_time, START / 1000 - 60);
  });

  it("takes no options that make no sense", () => {
    for (const minutes of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, "15"]) {
      for (const name of ["accessMinutes", "familyMinutes"]) {
        const invalid = { code: "OPTION_INVALID", message: new RegExp(`^${name} is a number of minutes over 0`) };
        assert.throws(() => openFamily({ options: { [name]: minutes } }), invalid);
      }
    }
    const unknown = { code: "OPTION_UNKNOWN", message: /^RefreshTokens has no option "familyMinute"/ };
    assert.throws(() => openFamily({ options: { familyMinute: 1 } as object }), unknown);
  });

  it("issues what lives for less than a minute too", async () => {
    const { refreshTokens } = openFamily({ options: { accessMinutes: 0.5, familyMinutes: 1 } });
    const pair = await refreshTokens.issue({ sub: 42 });
    assert.equal(pair.expiresIn, 0.5);
    assert.equal(decodeJwt(pair.refreshToken)?.exp, START / 1000 + 60);
  });

  it("lasts ten years at most", () => {
    const tenYears = 10 * 366 * 24 * 60;
    openFamily({ options: { familyMinutes: tenYears } });
    assert.throws(() => openFamily({ options: { familyMinutes: tenYears + 1 } }), { code: "OPTION_INVALID" });
  });
});

describe("RefreshTokens.refresh", () => {
  it("gives a new pair that says the same about the same subject, since the same login", async () => {
    const { refreshTokens, clock, gate, use } = openFamily();
    const first = await refreshTokens.issue({ user_id: 7, role: "editor" });
    clock.now += 3_600_000;
    const second = await use(first);
    const iat = clock.now / 1000;
    assert.deepEqual({ ...gate(second) }, { ...decodeJwt(first.token), iat, exp: iat + 900 });
    assert.notEqual(second.refreshToken, first.refreshToken);
  });

  it("goes on until a week after the first issue, however often it is used", async () => {
    const { refreshTokens, clock, use } = openFamily();
    let pair = await refreshTokens.issue({ sub: 42 });
    for (let day = 1; day < 7; day++) {
      clock.now = START + day * 86_400_000;
      pair = await use(pair);
    }
    clock.now = START + WEEK_MS - 1;
    pair = await use(pair);
    clock.now = START + WEEK_MS;
    assert.equal(await refreshTokens.refresh(pair.refreshToken), null);
  });

  it("knows the token of no other family, and no text that is none, without asking the store", async () => {
    const { refreshTokens, accessTokens, store } = openFamily();
    const other = openFamily();
    const strange = (await other.refreshTokens.issue({ sub: 42 })).refreshToken;
    assert.equal(await refreshTokens.refresh(strange), null);
    store.asked.length = 0;
    const access = accessTokens.issue({ sub: 42 });
    for (const token of [
      "",
      "x",
      "a.b.c",
      access,
      `${strange}x`,
      "x".repeat(9000),
      null,
      undefined,
      5,
      {},
      [strange],
    ]) {
      assert.equal(await refreshTokens.refresh(token), null);
    }
    assert.deepEqual(store.asked, []);
  });

  it("asks what to say about the subject, as the claims named it", async () => {
    const { refreshTokens, gate } = openFamily();
    const pair = await refreshTokens.issue({ sub: 42, role: "admin", team: 1 }, "tie");
    const asked: unknown[] = [];
    const next = await refreshTokens.refresh(pair.refreshToken, {
      claims: (subject) => {
        asked.push(subject);
        return { sub: subject, role: "guest", token_family: "x", session_tie: "y", auth_time: 1 };
      },
    });
    assert.deepEqual(asked, [42]);
    const claims = next && gate(next);
    const { token_family, auth_time } = gate(pair) ?? {};
    assert.deepEqual(
      [claims?.role, claims?.team, claims?.token_family, claims?.session_tie, claims?.auth_time],
      ["guest", undefined, token_family, "tie", auth_time],
    );
    const later = next && (await refreshTokens.refresh(next.refreshToken));
    assert.equal(later && gate(later)?.role, "guest");
  });

  it("ends the family, and its access tokens, when the subject is no more", async () => {
    for (const nobody of [null, undefined]) {
      const { refreshTokens, gate } = openFamily();
      const pair = await refreshTokens.issue({ sub: 42 });
      assert.notEqual(gate(pair), null);
      const claims = async () => nobody as null;
      assert.equal(await refreshTokens.refresh(pair.refreshToken, { claims }), null);
      assert.equal(gate(pair), null);
      assert.equal(await refreshTokens.refresh(pair.refreshToken), null);
    }
  });

  it("does not use up a token when the claims cannot be loaded, are for another subject, or cannot be carried", async () => {
    const { refreshTokens, use } = openFamily();
    const pair = await refreshTokens.issue({ sub: 42 });
    const broken = new Error("database is down");
    const load = (claims: () => Claims) => refreshTokens.refresh(pair.refreshToken, { claims });
    const invalid = { code: "TOKEN_PAYLOAD_INVALID" };
    await assert.rejects(
      load(() => {
        throw broken;
      }),
      broken,
    );
    await assert.rejects(
      load(() => ({ sub: 43 })),
      invalid,
    );
    await assert.rejects(
      load(() => ({ role: "admin" })),
      invalid,
    );
    await assert.rejects(
      load(() => ({ sub: 42, at: new Date(0) })),
      invalid,
    );
    await use(pair);
  });

  it("answers 503 and never null when the store cannot be asked, and the token is good afterwards", async () => {
    const { refreshTokens, store, use } = openFamily();
    const pair = await refreshTokens.issue({ sub: 42 });
    store.isDown = true;
    await assert.rejects(refreshTokens.refresh(pair.refreshToken), { ...UNAVAILABLE, cause: store.error });
    await assert.rejects(refreshTokens.issue({ sub: 42 }), UNAVAILABLE);
    await assert.rejects(refreshTokens.endAllOf(42), UNAVAILABLE);
    await assert.rejects(refreshTokens.endAllTiedTo("tie"), UNAVAILABLE);
    store.isDown = false;
    await use(pair);
  });

  it("takes a record that is no family for none", async () => {
    for (const value of ["", "null", "[]", "{}", '"x"', '{"__proto__":{"current":"x"}}', '{"current":1,"recent":[]}']) {
      const { refreshTokens, store } = openFamily();
      const pair = await refreshTokens.issue({ sub: 42 });
      for (const [key, record] of store.records) store.records.set(key, { ...record, value });
      assert.equal(await refreshTokens.refresh(pair.refreshToken), null, value);
    }
  });

  it("refuses an option that does not exist", async () => {
    const { refreshTokens } = openFamily();
    const unknown = { code: "OPTION_UNKNOWN", message: /^refreshTokens has no option "claim"/ };
    await assert.rejects(refreshTokens.refresh("x", { claim: () => null } as object), unknown);
  });
});

describe("RefreshTokens.end", () => {
  it("ends all that came from one login, by any refresh token of it, and nothing else", async () => {
    const { refreshTokens, events, use, gate } = openFamily();
    const first = await refreshTokens.issue({ sub: 42 });
    const other = await refreshTokens.issue({ sub: 42 });
    const second = await use(first);
    await refreshTokens.end(first.refreshToken);
    assert.deepEqual([gate(first), gate(second)], [null, null]);
    assert.equal(await refreshTokens.refresh(second.refreshToken), null);
    await refreshTokens.end(second.refreshToken);
    assert.deepEqual(events, []);
    assert.notEqual(gate(other), null);
    await use(other);
  });

  it("takes junk for nothing, without asking the store", async () => {
    const { refreshTokens, accessTokens, store, clock } = openFamily();
    const expired = await refreshTokens.issue({ sub: 42 });
    clock.now += WEEK_MS;
    store.asked.length = 0;
    for (const junk of [null, undefined, "", "a.b.c", 5, {}, accessTokens.issue({ sub: 42 }), expired.refreshToken]) {
      await refreshTokens.end(junk);
    }
    assert.deepEqual(store.asked, []);
  });

  it("says 503 while the store is down, and ends the family when it is asked again", async () => {
    const { refreshTokens, store } = openFamily();
    const pair = await refreshTokens.issue({ sub: 42 });
    store.isDown = true;
    await assert.rejects(refreshTokens.end(pair.refreshToken), UNAVAILABLE);
    store.isDown = false;
    await refreshTokens.end(pair.refreshToken);
    assert.equal(await refreshTokens.refresh(pair.refreshToken), null);
  });
});
