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
    app.get("/fail", (_request, response) => response.error("No", 404));
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

  it("renews none with an error, and none that was not shown", async () => {
    const token = client.app.auth.getToken({ sub: 1 });
    for (const [path, request] of [
      ["/fail", { token }],
      ["/nothing", { token }],
      ["/open", {}],
    ] as const) {
      assert.equal((await client.get(path, request)).headers.get("FreshToken"), null, path);
    }
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
