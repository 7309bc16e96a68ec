import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { TokenPair } from "../../src/auth/refresh-tokens.ts";
import type { Settings } from "../../src/config/settings.ts";
import type { Request } from "../../src/http/request.ts";
import { SessionTies } from "../../src/middleware/session-ties.ts";
import type { TestClient } from "../../src/testing/test-client.ts";
import { testClient } from "../../src/testing/test-client.ts";
import { TIE_CLAIMS } from "../../src/tokens/tie-claims.ts";
import { newApp } from "../app/test-app.ts";

describe("SessionTies", () => {
  let client: TestClient;

  before(async () => {
    const { app } = newApp({ TINA4_SESSION_BACKEND: "memory" });
    app.get("/login", async (request) => {
      await app.auth.login(request, { sub: 1 });
      return { token: app.auth.getToken({ sub: 1 }, { request }) };
    });
    app.get("/token", (request) => ({ token: app.auth.getToken({ sub: 1, session_tie: "mine" }, { request }) }));
    app.get("/pair", (request) => app.auth.issueTokens({ sub: 1 }, { request }));
    app.get("/switch", async (request) => {
      const pair = await app.auth.issueTokens({ sub: 2 }, { request });
      await app.auth.login(request, { sub: 2 });
      return pair;
    });
    app.get("/rotate", (request) => request.session.regenerate() ?? {});
    app.get("/logout", async (request) => {
      await app.auth.logout(request);
      return {};
    });
    app.get("/me", () => ({})).secure();
    client = await testClient(app);
  });
  after(() => client.close());

  const tokenFrom = async (path: string): Promise<string> =>
    ((await (await client.get(path)).json()) as { token: string }).token;
  const tieOf = (token: string): unknown => client.app.auth.validToken(token)?.[TIE_CLAIMS.session];
  const isIn = async (token: string): Promise<boolean> => (await client.get("/me", { token })).status === 200;

  it("tie all tokens of a session by one name, which is not its id and goes with it from id to id", async () => {
    const first = await tokenFrom("/login");
    const id = client.cookies.get("tina4_session");
    await client.get("/rotate");
    assert.notEqual(client.cookies.get("tina4_session"), id);
    const second = await tokenFrom("/token");
    assert.equal(tieOf(first), tieOf(second));
    assert.ok(![id, "mine"].includes(tieOf(first) as string));
    assert.match(tieOf(first) as string, /^[\w-]{22}$/, "128 random bits");
    await client.get("/logout");
    assert.deepEqual([await isIn(first), await isIn(second)], [false, false]);
  });

  it("do not pass from one bearer to the next, also when the next one's tokens are issued before the login", async () => {
    const former = await tokenFrom("/login");
    const next = await tokenFrom("/switch");
    assert.notEqual(tieOf(next), tieOf(former));
    assert.deepEqual([await isIn(former), await isIn(next)], [false, true]);
    await client.get("/logout");
    assert.equal(await isIn(next), false);
  });

  it("end with a logout by Bearer token, also when the session is no longer there", async () => {
    await client.get("/login");
    const tied = await tokenFrom("/token");
    const { token, refreshToken } = (await (await client.get("/pair")).json()) as TokenPair;
    const alone = await client.app.auth.issueTokens({ sub: 1 });
    client.cookies.clear();
    for (const pair of [{ token, refreshToken }, alone]) {
      assert.equal(await isIn(pair.token), true);
      assert.equal((await client.get("/logout", { token: pair.token })).status, 200);
      assert.equal(await isIn(pair.token), false);
      assert.equal(await client.app.auth.refreshTokens(pair.refreshToken), null);
    }
    assert.equal(await isIn(tied), false);
  });

  it("end with nothing that a forged Bearer token names", async () => {
    const pair = await client.app.auth.issueTokens({ sub: 2 });
    const [header, payload] = pair.token.split(".");
    await client.get("/logout", { token: `${header}.${payload}.${"A".repeat(43)}` });
    assert.notEqual(await client.app.auth.refreshTokens(pair.refreshToken), null);
  });

  it("let a token live on by itself where there is no session", async () => {
    const token = await tokenFrom("/token");
    await client.get("/logout");
    assert.equal(await isIn(token), true);
  });

  it("are kept for as long as the longest of the tokens that they end", () => {
    const minutes = { TINA4_TOKEN_EXPIRES_IN: 1, TINA4_TOKEN_MAX_AGE: 2, TINA4_REFRESH_EXPIRES_IN: 3 };
    for (const longest of Object.keys(minutes)) {
      const settings = { ...minutes, [longest]: 10 } as unknown as Settings;
      const kept: number[] = [];
      const visit = { claims: () => null, tiedNames: [], tie: (_name: string, until: number) => kept.push(until) };
      new SessionTies({ now: () => 5000, settings }).of({ startVisit: () => visit } as unknown as Request, { sub: 1 });
      assert.deepEqual(kept, [5000 + 10 * 60_000], longest);
    }
  });
});
