import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import type { Claims } from "../../src/claims.ts";
import { FakeClock } from "../../src/testing/fake-clock.ts";
import type { TestClient } from "../../src/testing/test-client.ts";
import type { TokenPurpose } from "../../src/tokens/token-purpose.ts";
import { TEST_SECRET } from "../app/test-app.ts";
import { formTokenFor, formWith, OWN_PAGE, Site } from "./site.ts";

const NEXT_SECRET = "0b7d52c9e1f84a36d0c5b2a79e3f6184d7c0b9a2e5f1387466a1c3e5d9f2b804";
const MINUTE = 60;

/** Routes that end tokens while they are used. */
function addEndings({ app }: Site): void {
  app.post("/revoke", async (request) => {
    await app.auth.revokeAll(request.user?.sub as number);
    return {};
  });
  app.get("/destroy", (request) => {
    request.session.destroy();
    return {};
  });
}

describe("Bearer tokens over HTTP", () => {
  let site: Site;
  let browser: TestClient;
  let stranger: TestClient;

  before(async () => {
    site = await Site.open({}, { addRoutes: addEndings });
  });
  after(() => site.app.close());
  beforeEach(async () => {
    site.clock.advance(MINUTE);
    browser = await site.loggedIn();
    stranger = await site.browser();
  });

  const tokenOf = async (path: "/tied" | "/pair"): Promise<{ token: string; refreshToken: string }> =>
    (await (await browser.get(path)).json()) as { token: string; refreshToken: string };

  const issue: Readonly<Record<TokenPurpose, () => string | Promise<string>>> = {
    access: () => site.app.auth.getToken({ sub: 1, jti: "a", bound: "b", family: "c", user: { sub: 1 } }),
    form: () => formTokenFor(browser),
    refresh: async () => (await tokenOf("/pair")).refreshToken,
    ticket: () => site.app.auth.getSocketTicket({ sub: 1 }),
  };

  /** The places of tokens that HTTP has; a ticket opens a WebSocket and nothing here. */
  const accepts: Readonly<Record<"access" | "form" | "refresh", (token: string) => Promise<boolean>>> = {
    access: async (token) => (await stranger.get("/me", { token })).status === 200,
    form: async (token) => (await browser.post("/form", formWith(token))).status === 200,
    refresh: async (refreshToken) => {
      const answer = await stranger.post("/refresh", { json: { refreshToken } });
      return ((await answer.json()) as { pair: unknown }).pair !== null;
    },
  };

  for (const [from, make] of Object.entries(issue)) {
    for (const [to, accept] of Object.entries(accepts)) {
      it(`J25, C11, F15: ${from} in the place of ${to}: ${from === to ? "accepted" : "refused"}`, async () => {
        assert.equal(await accept(await make()), from === to);
        if (to === "access" && from !== to) {
          await site.deny(stranger, ["GET", "/me", { token: await make() }], "TOKEN_INVALID");
        }
      });
    }
  }

  it("J29: refuses what is over 8 kB without a look at its signature", async () => {
    const token = site.app.auth.getToken({ sub: 1 });
    for (const length of [9_000, 15_000]) {
      await site.deny(stranger, ["GET", "/me", { token: token + "A".repeat(length) }], "TOKEN_INVALID");
    }
  });

  it("J30: refuses the tokens of a subject from revokeAll on, and renews none in that request", async () => {
    const token = site.app.auth.getToken({ sub: 1 });
    const other = site.app.auth.getToken({ sub: 2 });
    const answer = await stranger.post("/revoke", { token });
    assert.deepEqual([answer.status, answer.headers.get("FreshToken")], [200, null]);
    for (const [method, path] of [
      ["GET", "/me"],
      ["POST", "/write"],
      ["POST", "/form"],
    ] as const) {
      await site.deny(stranger, [method, path, { token }], "TOKEN_INVALID");
    }
    assert.equal((await stranger.get("/me", { token: other })).status, 200);
    assert.equal(await site.whoIs(browser), null);
    site.clock.advance(1);
    assert.equal((await stranger.get("/me", { token: site.app.auth.getToken({ sub: 1 }) })).status, 200);
  });

  it("J30, F12: refuses what was tied to a session that logged out, the renewed token too", async () => {
    const { token } = await tokenOf("/tied");
    const pair = await tokenOf("/pair");
    site.clock.advance(1);
    const fresh = (await stranger.get("/me", { token })).headers.get("FreshToken") ?? "";
    assert.equal((await stranger.get("/me", { token: fresh })).status, 200);
    await browser.post("/api/logout", OWN_PAGE);
    for (const dead of [token, fresh, pair.token]) {
      await site.deny(stranger, ["GET", "/me", { token: dead }], "TOKEN_INVALID");
    }
    assert.equal(await accepts.refresh(pair.refreshToken), false);
  });

  it("J30: renews no token whose session ends in the same request", async () => {
    const { token } = await tokenOf("/tied");
    const answer = await browser.get("/destroy", { token });
    assert.deepEqual([answer.status, answer.headers.get("FreshToken")], [200, null]);
    await site.deny(stranger, ["GET", "/me", { token }], "TOKEN_INVALID");
  });

  it("J31: sends no FreshToken to whoever showed no valid token, and none with an error", async () => {
    const expired = site.app.auth.getToken({ sub: 1 }, { expiresIn: 1 });
    site.clock.advance(MINUTE);
    for (const Authorization of [undefined, `Bearer ${expired}`, "Bearer x", "Basic YTpi", ""]) {
      const headers = Authorization === undefined ? {} : { Authorization };
      for (const by of [browser, stranger]) {
        const answer = await by.get("/open", { headers });
        assert.deepEqual([answer.status, answer.headers.get("FreshToken")], [200, null], Authorization);
      }
    }
    const token = site.app.auth.getToken({ sub: 1 });
    for (const path of ["/api/logout", "/nothing"]) {
      const answer = await stranger.get(path, { token });
      assert.deepEqual([answer.status >= 400, answer.headers.get("FreshToken")], [true, null]);
    }
    assert.equal((await browser.post("/write/form", { token })).headers.get("FreshToken"), null);
  });

  it("J32: renews a token for its subject, from its first moment to the end of its chain", async () => {
    const claims = (text: string | null): Claims => site.app.auth.validToken(text ?? "") ?? {};
    let token = site.app.auth.getToken({ sub: 1, role: "admin" });
    const { iat: start = 0 } = claims(token);
    for (let minute = 0; minute < 690; minute += 30) {
      site.clock.advance(30 * MINUTE);
      const answer = await stranger.request(minute % 60 === 0 ? "GET" : "HEAD", "/me", { token });
      assert.deepEqual([answer.status, answer.headers.get("Cache-Control")], [200, "no-store"]);
      const { sub, role, auth_time, exp = 0 } = claims(answer.headers.get("FreshToken"));
      assert.deepEqual([sub, role, auth_time], [1, "admin", start]);
      assert.equal(
        exp,
        Math.min(site.clock.now() / 1000 - ((site.clock.now() / 1000) % 1) + 60 * MINUTE, start + 720 * MINUTE),
      );
      token = answer.headers.get("FreshToken") ?? "";
    }
    site.clock.advance(29 * MINUTE);
    assert.equal((await stranger.get("/me", { token })).status, 200);
    site.clock.advance(MINUTE);
    await site.deny(stranger, ["GET", "/me", { token }], "TOKEN_INVALID");
  });

  it("J32: renews no token of a refresh family", async () => {
    const answer = await stranger.get("/me", { token: (await tokenOf("/pair")).token });
    assert.deepEqual([answer.status, answer.headers.get("FreshToken")], [200, null]);
  });

  it("J39: holds a verdict only for the whole token, and asks its times and its revocation again", async () => {
    const token = site.app.auth.getToken({ sub: 1 });
    assert.equal((await stranger.get("/me", { token })).status, 200);
    const forged = `${token.slice(0, -43)}${"A".repeat(43)}`;
    await site.deny(stranger, ["GET", "/me", { token: forged }], "TOKEN_INVALID");
    const revoked = site.app.auth.getToken({ sub: 3 });
    assert.equal((await stranger.get("/me", { token: revoked })).status, 200);
    await site.app.auth.revokeAll(3);
    await site.deny(stranger, ["GET", "/me", { token: revoked }], "TOKEN_INVALID");
    site.clock.advance(60 * MINUTE);
    await site.deny(stranger, ["GET", "/me", { token }], "TOKEN_INVALID");
  });

  it("J41: reads no forged claims into request.user", async () => {
    const [head, , signature] = site.app.auth.getToken({ sub: 1 }).split(".");
    const payload = Buffer.from('{"sub":"root","exp":9999999999}').toString("base64url");
    const forged = `${head}.${payload}.${signature}`;
    assert.equal(site.app.auth.getPayload(forged)?.sub, "root");
    assert.equal(await (await stranger.get("/open", { token: forged })).text(), '{"sub":null}');
  });

  it("C24: lets a session stand in for no bad token, and ignores that on a public route", async () => {
    const expired = site.app.auth.getToken({ sub: 2 }, { expiresIn: 1 });
    site.clock.advance(MINUTE);
    const formToken = await formTokenFor(browser);
    for (const Authorization of [`Bearer ${expired}`, "Bearer x", "Bearer", "Basic YTpi", ""]) {
      const request = { headers: { ...OWN_PAGE.headers, Authorization }, form: { formToken } };
      await site.deny(browser, ["POST", "/write", request], "TOKEN_INVALID");
      await site.deny(browser, ["POST", "/form", request], "TOKEN_INVALID");
      await site.deny(browser, ["GET", "/me", { headers: { Authorization } }], "TOKEN_INVALID");
      await site.deny(browser, ["GET", "/account", { headers: { Authorization } }], "TOKEN_INVALID");
      const answer = await browser.get("/open", { headers: { Authorization } });
      assert.equal(await answer.text(), '{"sub":1}');
    }
    await site.deny(browser, ["POST", "/write", OWN_PAGE], "TOKEN_MISSING");
  });

  it("C25: acts as the bearer of the token, and leaves the session that came with it alone", async () => {
    const token = site.app.auth.getToken({ sub: 7 });
    const cookie = browser.cookies.get("tina4_session");
    for (const path of ["/form", "/noauth"]) {
      const answer = await browser.post(path, { token });
      assert.deepEqual([((await answer.json()) as Claims).sub, answer.headers.getSetCookie()], [7, []]);
    }
    assert.deepEqual([await site.whoIs(browser), browser.cookies.get("tina4_session")], [1, cookie]);
  });
});

describe("the settings of Bearer tokens", () => {
  it("TINA4_FRESH_TOKEN=false renews none", async () => {
    const site = await Site.open({ TINA4_FRESH_TOKEN: false });
    const answer = await (await site.browser()).get("/me", { token: site.app.auth.getToken({ sub: 1 }) });
    assert.deepEqual([answer.status, answer.headers.get("FreshToken")], [200, null]);
    assert.equal(answer.headers.get("Cache-Control"), "no-store");
    await site.app.close();
  });

  it("TINA4_TOKEN_REVOCATION=false lets tokens live until they expire; sessions and refresh tokens still end", async () => {
    const site = await Site.open({ TINA4_TOKEN_REVOCATION: false });
    const browser = await site.loggedIn();
    const token = site.app.auth.getToken({ sub: 1 });
    const { refreshToken } = (await (await browser.get("/pair")).json()) as { refreshToken: string };
    await site.app.auth.revokeAll(1);
    assert.equal((await browser.get("/me", { token })).status, 200);
    assert.equal(await site.whoIs(browser), null);
    assert.equal(await (await browser.post("/refresh", { json: { refreshToken } })).text(), '{"pair":null}');
    await site.app.close();
  });

  it("SECRET_PREVIOUS keeps tokens of every kind good over a rotation, a visitor's form token too; without it none is", async () => {
    const clock = new FakeClock();
    const old = await Site.open({ SECRET: TEST_SECRET }, { clock });
    const visitor = await old.browser();
    const formTokens = [await formTokenFor(visitor), await formTokenFor(visitor)];
    const token = old.app.auth.getToken({ sub: 1 });
    const use = async (site: Site, formToken = ""): Promise<number[]> => {
      const by = await site.browser();
      by.cookies.set("tina4_session", visitor.cookies.get("tina4_session") ?? "");
      const answers = [await by.get("/me", { token }), await by.post("/contact", formWith(formToken))];
      return answers.map(({ status }) => status);
    };
    const rotated = await Site.open({ SECRET: NEXT_SECRET, SECRET_PREVIOUS: TEST_SECRET }, { clock });
    const replaced = await Site.open({ SECRET: NEXT_SECRET }, { clock });
    assert.deepEqual(await use(rotated, formTokens[0]), [200, 200]);
    assert.deepEqual(await use(replaced, formTokens[1]), [401, 403]);
    await Promise.all([old, rotated, replaced].map(({ app }) => app.close()));
  });
});
