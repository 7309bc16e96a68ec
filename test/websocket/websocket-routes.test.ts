import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Application } from "../../src/app/application.ts";
import { FakeClock } from "../../src/testing/fake-clock.ts";
import { type TestClient, testClient } from "../../src/testing/test-client.ts";
import { type LogMemory, newApp } from "../app/test-app.ts";

describe("a WebSocket route", () => {
  const clock = new FakeClock();
  let app: Application;
  let log: LogMemory;
  let client: TestClient;

  before(async () => {
    ({ app, log } = newApp({ TINA4_SESSION_BACKEND: "memory", TINA4_RATE_LIMIT: 0 }, { now: clock.now }));
    app.websocket("/echo/{room}", async (socket, request) => {
      await socket.sendJson([request.params.room, request.user?.sub]);
      for await (const message of socket) await socket.send(message);
    });
    app.websocket("/mine", (socket) => socket.send("mine")).secure({ session: true });
    app.websocket("/admin", () => undefined, { role: "admin" });
    app.websocket("/boom", () => Promise.reject(new Error("boom")), { noAuth: true });
    app.websocket("/small", (socket) => socket.onMessage((message) => socket.send(message)), {
      ...{ noAuth: true, maxMessageBytes: 10, messagesPerSecond: 3 },
    });
    app.get("/plain", () => "plain");
    app.post("/login", (request) => app.auth.login(request, { sub: 7 }).then(() => ({}))).noAuth();
    app.post("/logout", (request) => app.auth.logout(request).then(() => ({}))).noAuth();
    client = await testClient(app);
  });
  after(() => client.close());

  it("opens once for a ticket", async () => {
    const ticket = await app.auth.getSocketTicket({ sub: 1 });
    const socket = await client.websocket("/echo/a", { ticket });
    assert.deepEqual([socket.status, socket.protocol, await socket.next()], [101, "tina4", '["a",1]']);
    await socket.send("hi");
    assert.equal(await socket.next(), "hi");
    assert.equal((await client.websocket("/echo/a", { ticket })).status, 401);
    assert.deepEqual(await socket.close(), { code: 1000, reason: "" });
  });

  it("refuses a ticket that is over 30 seconds old, an access token in the URL, and a stranger", async () => {
    const ticket = await app.auth.getSocketTicket({ sub: 1 });
    clock.advance(100);
    const token = app.auth.getToken({ sub: 1 });
    for (const path of [`/echo/a?ticket=${ticket}`, `/echo/a?token=${token}`, `/echo/a?ticket=${token}`, "/echo/a"]) {
      const { status, headers } = await client.websocket(path);
      assert.deepEqual([status, headers.get("X-Content-Type-Options")], [401, "nosniff"], path);
    }
    assert.doesNotMatch(log.lines.join(""), /eyJ/);
  });

  it("refuses a page of another site, whatever it shows", async () => {
    const ticket = await app.auth.getSocketTicket({ sub: 1 });
    for (const origin of ["http://evil.example", "null"]) {
      assert.equal((await client.websocket("/echo/a", { ticket, origin })).status, 403);
      assert.equal((await client.websocket("/boom", { origin })).status, 403);
    }
    assert.equal((await client.websocket("/echo/a", { ticket, origin: null })).status, 101);
  });

  it("takes a session only from a page of this very site, and closes at logout", async () => {
    assert.equal((await client.websocket("/mine")).status, 401);
    await client.post("/login", { headers: { "Sec-Fetch-Site": "same-origin" } });
    assert.equal((await client.websocket("/mine", { origin: null })).status, 401);
    const socket = await client.websocket("/mine");
    assert.equal(await socket.next(), "mine");
    await client.post("/logout", { headers: { "Sec-Fetch-Site": "same-origin" } });
    assert.deepEqual(await socket.closed, { code: 1008, reason: "logged out" });
    client.cookies.clear();
  });

  it("closes at once when its bearer is revoked", async () => {
    const socket = await client.websocket("/echo/a", { token: app.auth.getToken({ sub: 9 }) });
    await app.auth.revokeAll(9);
    assert.deepEqual(await socket.closed, { code: 1008, reason: "logged out" });
  });

  it("demands the role, and another status where it is no WebSocket", async () => {
    const token = app.auth.getToken({ sub: 1, role: "user" });
    assert.equal((await client.websocket("/admin", { token })).status, 403);
    assert.equal((await client.websocket("/plain")).status, 426);
    assert.equal((await client.websocket("/nothing")).status, 404);
    const { status, headers } = await client.get("/boom");
    assert.deepEqual([status, headers.get("Upgrade")], [426, "websocket"]);
  });

  it("closes with 1011 when its handler throws, and logs it", async () => {
    const socket = await client.websocket("/boom");
    assert.deepEqual(await socket.closed, { code: 1011, reason: "internal error" });
    assert.equal(log.entries.filter(({ message }) => message === "websocket handler failed").length, 1);
  });

  it("closes with 1009 for a message that is too large, and with 1008 for too many", async () => {
    const large = await client.websocket("/small");
    await large.send("a".repeat(11));
    assert.equal((await large.closed).code, 1009);
    const many = await client.websocket("/small");
    for (let count = 0; count < 5; count += 1) await many.send("a");
    assert.deepEqual(await many.closed, { code: 1008, reason: "too many messages" });
  });
});
