import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { requireRole } from "../../src/middleware/require-role.ts";
import { lockOf } from "../../src/pipeline/lock-of.ts";
import type { MiddlewareFunction } from "../../src/pipeline/middleware.ts";
import type { TestClient } from "../../src/testing/test-client.ts";
import { describeOverBothTransports } from "../app/both-transports.ts";
import { newApp } from "../app/test-app.ts";
import { newExchange } from "../pipeline/new-exchange.ts";

describeOverBothTransports("requireRole", (open) => {
  let client: TestClient;
  let entered = 0;

  before(async () => {
    const { app } = newApp();
    const handler = (): object => {
      entered += 1;
      return {};
    };
    app.group("/admin", { middleware: requireRole("admin", "owner") }, () => {
      app.get("/stats", handler);
      app.post("/public", handler).noAuth();
    });
    app.get("/owned", handler).role("admin", "owner");
    const ownGuard: MiddlewareFunction = (request, response, next) =>
      request.header("x-key") === "open sesame" ? next(request, response) : response.error("No key", 401);
    app.group("/keys", { middleware: ownGuard }, () => {
      app.post("/use", handler).noAuth();
    });
    client = await open(app);
  });

  after(() => client.close());

  async function answerTo(method: string, path: string, headers: Record<string, string>): Promise<unknown[]> {
    const answer = await client.request(method, path, { headers });
    return [answer.status, ((await answer.json()) as { error?: string }).error, answer.headers.get("WWW-Authenticate")];
  }

  it("turns strangers away with the words of the gate", async () => {
    assert.deepEqual(await answerTo("GET", "/admin/stats", {}), [401, "Authorization header required", "Bearer"]);
    const bad = { Authorization: "Bearer nonsense" };
    assert.deepEqual(await answerTo("GET", "/admin/stats", bad), [
      401,
      "Invalid or expired token",
      'Bearer error="invalid_token"',
    ]);
  });

  it("names the role that is missing", async () => {
    for (const role of ["user", ["admin"], true]) {
      const token = client.app.auth.getToken({ sub: 1, role });
      const answer = await answerTo("GET", "/admin/stats", { Authorization: `Bearer ${token}` });
      assert.deepEqual(answer, [403, "Forbidden. Required role: admin or owner", null]);
    }
  });

  it("lets one of the roles in", async () => {
    const token = client.app.auth.getToken({ sub: 1, role: "owner" });
    assert.equal((await client.get("/admin/stats", { token })).status, 200);
  });

  it("lets in by a route's own role() whom it would let in itself", async () => {
    const answers = [];
    for (const role of ["admin", "owner", "user"]) {
      const token = client.app.auth.getToken({ sub: 1, role });
      answers.push(await answerTo("GET", "/owned", { Authorization: `Bearer ${token}` }));
    }
    assert.deepEqual(answers, [
      [200, undefined, null],
      [200, undefined, null],
      [403, "Forbidden", null],
    ]);
  });

  it("cannot be lifted by noAuth(), and neither can a group's own guard", async () => {
    entered = 0;
    assert.equal((await client.post("/admin/public")).status, 401);
    assert.equal((await client.post("/keys/use")).status, 401);
    assert.equal(entered, 0);
    assert.equal((await client.post("/keys/use", { headers: { "X-Key": "open sesame" } })).status, 200);
  });

  it("refuses to be made without a name", () => {
    for (const names of [[], [""], ["admin", ""]])
      assert.throws(() => Reflect.apply(requireRole, undefined, names), { code: "OPTION_INVALID" });
  });
  it("tells programs by a code what is missing, and lists of middleware by a name whom it lets in", () => {
    const guard = requireRole("admin", "owner");
    const { request, response } = newExchange();
    request.user = { sub: 1, role: "user" };
    assert.throws(() => guard(request, response, assert.fail), { status: 403, code: "ROLE_REQUIRED" });
    assert.deepEqual([guard.name, lockOf(guard)], ["requireRole(admin, owner)", "role admin or owner"]);
  });
});
