import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { Application } from "../../src/app/application.ts";
import type { MiddlewareFunction } from "../../src/pipeline/middleware.ts";
import { type TestClient, testClient } from "../../src/testing/test-client.ts";
import { newApp } from "../app/test-app.ts";

const BROWSER = { Accept: "text/html" };

/** A client whose session belongs to the subject 42, as an editor. */
async function openLoggedIn(test: TestContext): Promise<TestClient> {
  const { app } = newApp({ TINA4_SESSION_BACKEND: "memory" });
  write(app);
  const client = await testClient(app);
  test.after(() => client.close());
  await client.post("/login");
  return client;
}

function write(app: Application): void {
  app
    .post("/login", async (request) => {
      await app.auth.login(request, { sub: 42, role: "editor" });
      return {};
    })
    .noAuth();
  app.get("/bearer", () => ({})).secure();
  app.post("/write", () => ({}));
  app.any("/either", ({ user }) => ({ sub: user?.sub })).secure({ session: true });
  app.any("/page", () => ({})).secure({ session: true, loginPath: "/login" });
  app
    .get("/admins", () => ({}))
    .secure({ session: true })
    .role("admin");
  app
    .get("/editors", () => ({}))
    .secure({ session: true })
    .role("editor");
  const end: MiddlewareFunction = ({ session }, _response, next) => session.destroy() ?? next();
  app
    .get("/ending", ({ user }) => ({ sub: user?.sub ?? null }))
    .secure({ session: true })
    .middleware(end);
  app.get("/public", ({ user }) => ({ sub: user?.sub ?? null }));
}

describe("a session as credential", () => {
  it("lets in where the route says so, and nowhere else", async (test) => {
    const client = await openLoggedIn(test);
    assert.equal((await client.get("/either")).status, 200);
    assert.equal((await client.get("/bearer")).status, 401);
    assert.equal((await client.post("/write")).status, 401);
  });

  it("never stands in for an Authorization header that is bad", async (test) => {
    const client = await openLoggedIn(test);
    for (const Authorization of ["", "Bearer", "Bearer nonsense", "Basic QTpC"]) {
      assert.equal((await client.get("/either", { headers: { Authorization } })).status, 401, Authorization);
    }
    const token = client.app.auth.getToken({ sub: 7 });
    assert.deepEqual(await (await client.get("/either", { token })).json(), { sub: 7 });
    assert.deepEqual(await (await client.get("/public", { token: "nonsense" })).json(), { sub: 42 });
  });

  it("needs a form token for a write, which a Bearer token does not", async (test) => {
    const client = await openLoggedIn(test);
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      assert.equal((await client.request(method, "/either")).status, 403, method);
      const token = client.app.auth.getToken({ sub: 42 });
      assert.equal((await client.request(method, "/either", { token })).status, 200, method);
    }
  });

  it("grants its role and no other", async (test) => {
    const client = await openLoggedIn(test);
    assert.deepEqual([(await client.get("/editors")).status, (await client.get("/admins")).status], [200, 403]);
  });

  it("says who was let in, also where middleware then ends it", async (test) => {
    const client = await openLoggedIn(test);
    assert.deepEqual(await (await client.get("/ending")).json(), { sub: 42 });
    assert.equal((await client.get("/either")).status, 401);
  });

  it("is not kept by anybody who passes the answer on", async (test) => {
    const client = await openLoggedIn(test);
    assert.equal((await client.get("/either")).headers.get("Cache-Control"), "no-store");
  });

  it("is asked for with a redirect where a browser is without one, and with 401 where a program is", async (test) => {
    const client = await openLoggedIn(test);
    client.cookies.clear();
    const answer = async (method: string, headers: Record<string, string>): Promise<unknown> => {
      const { status, headers: sent } = await client.request(method, "/page?a=1&b", { headers });
      return [status, sent.get("Location"), sent.get("Cache-Control")];
    };
    assert.deepEqual(await answer("GET", BROWSER), [302, "/login?redirect=%2Fpage%3Fa%3D1%26b", "no-store"]);
    assert.deepEqual(await answer("HEAD", BROWSER), [302, "/login?redirect=%2Fpage%3Fa%3D1%26b", "no-store"]);
    assert.deepEqual(await answer("POST", BROWSER), [303, "/login", "no-store"]);
    assert.deepEqual(await answer("GET", {}), [401, null, "no-store"]);
    assert.deepEqual(await answer("GET", { ...BROWSER, Authorization: "Bearer nonsense" }), [401, null, "no-store"]);
  });
});
