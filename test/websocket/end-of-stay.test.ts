import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, mock, type TestContext } from "node:test";
import type { MiddlewareFunction } from "../../src/pipeline/middleware.ts";
import { FakeClock } from "../../src/testing/fake-clock.ts";
import { testClient } from "../../src/testing/test-client.ts";
import { newApp } from "../app/test-app.ts";
import { startSharedBackends } from "../sessions/fixtures/tested-backends.ts";

const OWN_PAGE = { headers: { "Sec-Fetch-Site": "same-origin" } };
const EXPIRED = { code: 1008, reason: "expired" };
const LOGGED_OUT = { code: 1008, reason: "logged out" };
const SESSION_MINUTES = 30;

describe("how long a WebSocket stays open", { timeout: 60_000 }, async () => {
  const backends = await startSharedBackends();
  let clock: FakeClock;

  beforeEach(() => {
    clock = new FakeClock();
    mock.timers.enable({ apis: ["setInterval"] });
  });
  afterEach(() => mock.timers.reset());

  async function open(test: TestContext, settings: Parameters<typeof newApp>[0]) {
    const { app } = newApp(
      { TINA4_RATE_LIMIT: 0, TINA4_SESSION_LIFETIME: SESSION_MINUTES * 60, ...settings },
      { now: clock.now },
    );
    app.websocket("/ws", () => undefined).secure({ session: true });
    app.post("/login", (request) => app.auth.login(request, { sub: 7 }).then(() => ({}))).noAuth();
    app.post("/logout", (request) => app.auth.logout(request).then(() => ({}))).noAuth();
    app.get("/look", ({ session }) => String(session.get("nothing")));
    const revoke: MiddlewareFunction = async (_request, _response, next) => {
      const response = await next();
      await app.auth.revokeAll(1);
      return response;
    };
    app.websocket("/late", (socket) => socket.send("secret")).middleware(revoke);
    const client = await testClient(app);
    test.after(() => client.close());
    return { app, client };
  }

  /** Lets time pass second by second, and the work of each second be done. */
  async function pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      clock.advance(1);
      mock.timers.tick(1000);
      for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    }
  }

  it("is until the token expires that opened it", async (test) => {
    const { app, client } = await open(test, { TINA4_SESSION_BACKEND: "memory" });
    const socket = await client.websocket("/ws", { token: app.auth.getToken({ sub: 1 }, { expiresIn: 1 }) });
    const ticket = await app.auth.getSocketTicket({ sub: 1, exp: Math.floor(clock.now() / 1000) + 70 });
    const byTicket = await client.websocket("/ws", { ticket });
    assert.deepEqual([socket.status, byTicket.status], [101, 101]);
    clock.advance(58);
    await pass(2);
    assert.deepEqual(await socket.closed, EXPIRED);
    assert.deepEqual(await Promise.race([byTicket.closed, "open"]), "open");
    await pass(11);
    assert.deepEqual(await byTicket.closed, EXPIRED);
  });

  it("is no moment where what opened it ends before it is open: the handler cannot say a word", async (test) => {
    const { app, client } = await open(test, { TINA4_SESSION_BACKEND: "memory" });
    const socket = await client.websocket("/late", { token: app.auth.getToken({ sub: 1 }) });
    assert.deepEqual([socket.status, await socket.next(), await socket.closed], [101, null, LOGGED_OUT]);
  });

  it("is until the session expires, which other requests put off", async (test) => {
    const { client } = await open(test, { TINA4_SESSION_BACKEND: "memory" });
    await client.post("/login", OWN_PAGE);
    const socket = await client.websocket("/ws");
    assert.equal(socket.status, 101);
    clock.advance(SESSION_MINUTES * 60 - 10);
    await client.get("/look");
    await pass(30);
    assert.deepEqual(await Promise.race([socket.closed, "open"]), "open");
    clock.advance(SESSION_MINUTES * 60);
    await pass(2);
    assert.deepEqual(await socket.closed, LOGGED_OUT);
  });

  for (const { name, skip, settings } of backends) {
    it(`ends with what is revoked in another process, within TINA4_REVOCATION_REFRESH: ${name}`, {
      skip,
    }, async (test) => {
      const here = await open(test, { ...settings, TINA4_REVOCATION_REFRESH: 3 });
      const there = await open(test, { ...settings, TINA4_REVOCATION_REFRESH: 3 });
      const { app, client } = here;
      await client.post("/login", OWN_PAGE);
      const bySession = await client.websocket("/ws");
      const byToken = await client.websocket("/ws", { token: app.auth.getToken({ sub: 9 }) });
      const other = await client.websocket("/ws", { token: app.auth.getToken({ sub: 10 }) });
      assert.deepEqual([bySession.status, byToken.status, other.status], [101, 101, 101]);
      await pass(1);
      await there.app.auth.revokeAll(9);
      const headers = { ...OWN_PAGE.headers, Cookie: client.cookies.header() ?? "" };
      assert.equal((await there.client.post("/logout", { headers })).status, 200);
      await pass(4);
      assert.deepEqual([await byToken.closed, await bySession.closed], [LOGGED_OUT, LOGGED_OUT]);
      assert.equal(await Promise.race([other.closed, "open"]), "open");
    });
  }
});
