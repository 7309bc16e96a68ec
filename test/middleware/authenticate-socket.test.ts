import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import type { MiddlewareFunction } from "../../src/pipeline/middleware.ts";
import { type TestClient, testClient } from "../../src/testing/test-client.ts";
import { newApp } from "../app/test-app.ts";

const OWN_PAGE = { headers: { "Sec-Fetch-Site": "same-origin" } };
const MISSING = "Ticket or Authorization header required";

describe("authenticateSocket", () => {
  const { app } = newApp({ TINA4_SESSION_BACKEND: "memory", TINA4_RATE_LIMIT: 0 });
  const users: unknown[] = [];
  let client: TestClient;

  before(async () => {
    const end: MiddlewareFunction = (request, _response, next) => {
      request.session.destroy();
      return next();
    };
    const note = ({ user }: { user: { sub?: unknown } | null }): void => void users.push(user?.sub ?? null);
    app.websocket("/bearer", note);
    app.websocket("/session", note).secure({ session: true });
    app.websocket("/ending", note).secure({ session: true }).middleware(end);
    app.websocket("/public", note).noAuth();
    app.post("/login", (request) => app.auth.login(request, { sub: 7 }).then(() => ({}))).noAuth();
    client = await testClient(app);
  });
  after(() => client.close());
  beforeEach(() => {
    users.length = 0;
    client.cookies.clear();
  });

  async function refusalOf(path: string, request: Parameters<TestClient["websocket"]>[1] = {}): Promise<unknown[]> {
    const { status, text, headers } = await client.websocket(path, request);
    return [status, JSON.parse(text ?? "").error, headers.get("WWW-Authenticate")];
  }

  it("turns a stranger away with a challenge, also where a session would do", async () => {
    for (const path of ["/bearer", "/session"]) assert.deepEqual(await refusalOf(path), [401, MISSING, "Bearer"], path);
  });

  it("takes a session where the route says so, and nowhere else", async () => {
    await client.post("/login", OWN_PAGE);
    assert.equal((await client.websocket("/session")).status, 101);
    assert.deepEqual(await refusalOf("/bearer"), [401, MISSING, "Bearer"]);
    assert.deepEqual(users, [7]);
  });

  it("never lets a session stand in for an Authorization header or a ticket that is bad", async () => {
    await client.post("/login", OWN_PAGE);
    const badToken = [401, "Invalid or expired token", 'Bearer error="invalid_token"'];
    assert.deepEqual(await refusalOf("/session", { token: "nonsense" }), badToken);
    const badTicket = [401, "Invalid, expired or used ticket", "Bearer"];
    assert.deepEqual(await refusalOf("/session", { ticket: "nonsense" }), badTicket);
  });

  it("lets nobody in with a ticket whose bearer was revoked since", async () => {
    const ticket = await app.auth.getSocketTicket({ sub: 8 });
    await app.auth.revokeAll(8);
    assert.deepEqual(await refusalOf("/bearer", { ticket }), [401, "Invalid, expired or used ticket", "Bearer"]);
  });

  it("lets everybody in where the route is public, whatever they show, and knows who shows something good", async () => {
    const tickets = [await app.auth.getSocketTicket({ sub: 1 }), await app.auth.getSocketTicket({ sub: 2 })] as const;
    for (const request of [{}, { token: "nonsense" }, { ticket: "nonsense" }, { ticket: tickets[0] }] as const) {
      assert.equal((await client.websocket("/public", request)).status, 101);
    }
    assert.equal((await client.websocket(`/public?ticket=${tickets[1]}`, { ticket: "another" })).status, 101);
    await client.post("/login", OWN_PAGE);
    assert.equal((await client.websocket("/public")).status, 101);
    assert.deepEqual(users, [null, null, null, 1, null, 7]);
  });

  it("knows who was let in by a session, also when middleware then ends it", async () => {
    await client.post("/login", OWN_PAGE);
    assert.equal((await client.websocket("/ending")).status, 101);
    assert.deepEqual(users, [7]);
  });
});
