import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { SettingOverrides } from "../../src/config/load-settings.ts";
import type { MiddlewareFunction } from "../../src/pipeline/middleware.ts";
import { type TestClient, testClient } from "../../src/testing/test-client.ts";
import { newApp } from "../app/test-app.ts";

const EVIL = "https://evil.example";

async function openSite(
  test: TestContext,
  settings: SettingOverrides = {},
  middleware: readonly MiddlewareFunction[] = [],
): Promise<TestClient> {
  const { app } = newApp({ TINA4_SESSION_BACKEND: "memory", ...settings });
  app.use(...middleware);
  app.any("/public", () => ({})).noAuth();
  app.any("/closed", () => ({}));
  app
    .post("/paid", ({ session }) => {
      session.set("cart", [1]);
      return {};
    })
    .noAuth()
    .crossSite();
  app
    .post("/seen", ({ session, user }) => ({ user, cart: session.get("cart") ?? null }))
    .noAuth()
    .crossSite();
  app
    .post("/login", async (request) => {
      request.session.set("cart", [7]);
      await app.auth.login(request, { sub: 42 });
      return {};
    })
    .noAuth();
  const client = await testClient(app);
  test.after(() => client.close());
  return client;
}

async function statusOf(client: TestClient, headers: Record<string, string>, method = "POST"): Promise<number> {
  return (await client.request(method, "/public", { headers })).status;
}

describe("the cross-site guard on a request", () => {
  it("refuses every write that another site has sent, whatever its media type", async (test) => {
    const client = await openSite(test);
    for (const headers of [
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
      { Origin: EVIL },
      { Origin: "null" },
      { Referer: `${EVIL}/page` },
    ]) {
      for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
        assert.equal(await statusOf(client, headers as Record<string, string>, method), 403, JSON.stringify(headers));
      }
      assert.equal(await statusOf(client, headers as Record<string, string>, "GET"), 200);
    }
    const json = await client.post("/public", { json: {}, headers: { Origin: EVIL } });
    assert.deepEqual([json.status, await json.json()], [403, { error: "Cross-site request refused" }]);
  });

  it("lets in what a page of ours has sent, and what no browser has", async (test) => {
    const client = await openSite(test);
    for (const headers of [
      { "Sec-Fetch-Site": "same-origin" },
      { "Sec-Fetch-Site": "none" },
      { Origin: "http://localhost" },
      { Referer: "http://localhost/page" },
      {},
    ]) {
      assert.equal(await statusOf(client, headers as Record<string, string>), 200, JSON.stringify(headers));
    }
  });

  it("logs of what the browser said the first hundred characters", async () => {
    const { app, log } = newApp();
    app.post("/public", () => ({})).noAuth();
    const origin = `https://${"x".repeat(93)}`;
    const headers = { Host: "localhost", Origin: `${origin}yz.example` };
    const answer = await app.dispatch({ method: "POST", path: "/public", headers });
    assert.equal(answer.status, 403);
    assert.equal(log.entries.at(-1)?.reason, `origin ${origin.slice(0, 100)}`);
    await app.close();
  });

  it("stands before the gate, and lets a valid Bearer token through only", async (test) => {
    const client = await openSite(test);
    const headers = { Origin: EVIL };
    const token = client.app.auth.getToken({ sub: 42 });
    assert.equal((await client.post("/closed", { headers })).status, 403);
    assert.equal((await client.post("/closed", { headers, token: "nonsense" })).status, 403);
    assert.equal((await client.post("/closed", { headers, token })).status, 200);
  });

  it("goes by the public origin and the trusted ones", async (test) => {
    const settings = { TINA4_PUBLIC_ORIGIN: "https://shop.example", TINA4_TRUSTED_ORIGINS: "https://admin.example" };
    const client = await openSite(test, { ...settings, TINA4_ALLOWED_HOSTS: "localhost" });
    assert.equal(await statusOf(client, { Origin: "https://shop.example" }), 200);
    assert.equal(await statusOf(client, { Origin: "https://admin.example", "Sec-Fetch-Site": "cross-site" }), 200);
    assert.equal(await statusOf(client, { Origin: "http://localhost" }), 403);
  });

  it("lets an exempt route be posted to, which sees no session and cannot write one", async (test) => {
    const client = await openSite(test);
    await client.post("/login");
    const headers = { Origin: EVIL, "Sec-Fetch-Site": "cross-site" };
    const seen = await client.post("/seen", { headers });
    assert.deepEqual([seen.status, await seen.json()], [200, { user: null, cart: null }]);
    assert.equal((await client.post("/paid", { headers })).status, 500);
  });

  it("lets global middleware where no route is see no session of a write that another site has sent", async (test) => {
    const seen: unknown[] = [];
    const client = await openSite(test, {}, [
      (request, _response, next) => {
        if (request.path === "/nope") seen.push(request.user?.sub ?? null);
        return next();
      },
    ]);
    await client.post("/login");
    const token = client.app.auth.getToken({ sub: 7 });
    for (const request of [{}, { headers: { Origin: EVIL } }, { headers: { Origin: EVIL }, token }]) {
      assert.equal((await client.post("/nope", request)).status, 404);
    }
    await client.get("/nope", { headers: { "Sec-Fetch-Site": "cross-site" } });
    assert.deepEqual(seen, [42, null, 7, 42]);
  });
});
