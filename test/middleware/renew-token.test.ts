import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { FakeClock } from "../../src/testing/fake-clock.ts";
import { type TestClient, testClient } from "../../src/testing/test-client.ts";
import { describeOverBothTransports } from "../app/both-transports.ts";
import { newApp } from "../app/test-app.ts";

describeOverBothTransports("renewToken", (open) => {
  const clock = new FakeClock();
  let client: TestClient;

  before(async () => {
    const { app } = newApp({ TINA4_SESSION_BACKEND: "memory" }, { now: clock.now });
    app.get("/open", (_request, response) => response.header("Cache-Control", "public").json({}));
    app
      .get("/mine", ({ user }) => {
        Object.assign(user ?? {}, { role: "admin", profile: { password_hash: "secret" }, auth_time: 0 });
        return { role: user?.role };
      })
      .secure();
    app.get("/fail", (_request, response) => response.error("No", 400));
    app.use((request, response, next) => (request.path === "/unrouted" ? response.json({}) : next()));
    client = await open(app);
  });
  after(() => client.close());

  it("renews a valid token on every route, and lets nobody keep the answer", async () => {
    const token = client.app.auth.getToken({ sub: 1 });
    clock.advance(60);
    const { headers } = await client.get("/open", { token });
    const fresh = client.app.auth.validToken(headers.get("FreshToken") ?? "");
    assert.equal(fresh?.exp, (client.app.auth.validToken(token)?.exp ?? 0) + 60);
    assert.equal(headers.get("Cache-Control"), "no-store");
  });

  it("renews what the token says, whatever a handler has written into request.user", async () => {
    const token = client.app.auth.getToken({ sub: 1, role: "user" });
    const answer = await client.get("/mine", { token });
    assert.deepEqual(await answer.json(), { role: "admin" });
    const fresh = client.app.auth.validToken(answer.headers.get("FreshToken") ?? "");
    const presented = client.app.auth.validToken(token);
    assert.deepEqual({ ...fresh }, { ...presented, auth_time: presented?.iat });
  });

  it("renews none with an error or where no route is, none that was not shown, and none that refresh tokens renew", async () => {
    const token = client.app.auth.getToken({ sub: 1 });
    const { token: ofFamily } = await client.app.auth.issueTokens({ sub: 1 });
    const seen = [];
    for (const [path, request] of [
      ["/fail", { token }],
      ["/nothing", { token }],
      ["/unrouted", { token }],
      ["/open", {}],
      ["/open", { token: ofFamily }],
    ] as const) {
      const { status, headers } = await client.get(path, request);
      seen.push([path, status, headers.get("FreshToken")]);
    }
    assert.deepEqual(seen, [
      ["/fail", 400, null],
      ["/nothing", 404, null],
      ["/unrouted", 200, null],
      ["/open", 200, null],
      ["/open", 200, null],
    ]);
  });
});

it("renewToken renews none where TINA4_FRESH_TOKEN is off", async (test) => {
  const clock = new FakeClock();
  const { app } = newApp({ TINA4_SESSION_BACKEND: "memory", TINA4_FRESH_TOKEN: false }, { now: clock.now });
  app.get("/open", () => ({}));
  const client = await testClient(app);
  test.after(() => client.close());
  const token = app.auth.getToken({ sub: 1 });
  clock.advance(60);
  const { status, headers } = await client.get("/open", { token });
  assert.deepEqual([status, headers.get("FreshToken")], [200, null]);
});
