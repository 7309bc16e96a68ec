import assert from "node:assert/strict";
import { after, before, beforeEach, it } from "node:test";
import { FakeClock } from "../../src/testing/fake-clock.ts";
import type { TestClient } from "../../src/testing/test-client.ts";
import type { TestRequest } from "../../src/testing/test-request.ts";
import { signJwt } from "../../src/tokens/sign-jwt.ts";
import { createSigningKeys } from "../../src/tokens/signing-keys.ts";
import { describeOverBothTransports } from "../app/both-transports.ts";
import { type LogMemory, newApp, TEST_SECRET } from "../app/test-app.ts";

const MISSING = { status: 401, body: '{"error":"Authorization header required"}', challenge: "Bearer" };
const INVALID = {
  status: 401,
  body: '{"error":"Invalid or expired token"}',
  challenge: 'Bearer error="invalid_token"',
};

describeOverBothTransports("authenticate", (open) => {
  const clock = new FakeClock();
  const entered: string[] = [];
  let client: TestClient;
  let log: LogMemory;
  let token: string;

  before(async () => {
    const { app, log: memory } = newApp({}, { now: clock.now });
    log = memory;
    const note = (name: string) => () => {
      entered.push(name);
      return {};
    };
    app.get("/open", (request) => ({ user: request.user }));
    app
      .get("/me", (request) => {
        entered.push("me");
        return { user: request.user, isAdmin: request.user?.isAdmin ?? null };
      })
      .secure();
    app.post("/write", note("write")).middleware((request, response, next) => {
      entered.push("middleware");
      return next(request, response);
    });
    app.put("/write", note("put"));
    app.patch("/write", note("patch"));
    app.delete("/write", note("delete"));
    app.post("/noauth", note("noauth")).noAuth();
    app.get("/admin", note("admin")).role("admin", "owner");
    client = await open(app);
  });

  after(() => client.close());
  beforeEach(() => {
    entered.length = 0;
    log.lines.length = 0;
    token = client.app.auth.getToken({ sub: 1 });
  });

  async function denied(method: string, path: string, request: TestRequest, expected: typeof MISSING): Promise<void> {
    const answer = await client.request(method, path, request);
    const seen = {
      status: answer.status,
      body: await answer.text(),
      challenge: answer.headers.get("WWW-Authenticate"),
    };
    assert.deepEqual(seen, expected);
    assert.deepEqual(entered, []);
    assert.equal(answer.headers.get("FreshToken"), null);
    assert.deepEqual(answer.headers.getSetCookie(), []);
    assert.equal(log.lines.length, 1);
    assert.doesNotMatch(log.lines.join(), /eyJ/);
  }

  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    it(`demands a token for ${method}, before middleware, handler and body`, async () => {
      await denied(method, "/write", { body: "{ not JSON", headers: { "Content-Type": "application/json" } }, MISSING);
    });
  }

  it("demands a token for a secured GET and its HEAD, and lets a good one in", async () => {
    await denied("GET", "/me", {}, MISSING);
    assert.equal((await client.request("HEAD", "/me")).status, 401);
    assert.equal((await client.get("/me", { token })).status, 200);
    assert.equal((await client.post("/write", { token })).status, 200);
  });

  it("takes the scheme in any case, and nothing but one token after spaces", async () => {
    assert.equal((await client.get("/me", { headers: { Authorization: `bearer ${token}` } })).status, 200);
    for (const header of [
      `Basic ${token}`,
      `Token ${token}`,
      `Bearer${token}`,
      token,
      `Bearer\t${token}`,
      `Bearer ${token} x`,
      "Bearer",
      "",
    ]) {
      entered.length = 0;
      log.lines.length = 0;
      await denied("GET", "/me", { headers: { Authorization: header } }, INVALID);
    }
  });

  it("never reads a token from the URL, a cookie or a body", async () => {
    for (const path of [`/me?token=${token}`, `/me?access_token=${token}`]) {
      log.lines.length = 0;
      await denied("GET", path, {}, MISSING);
      assert.match(log.lines.join(), /token=\[redacted\]/);
    }
    log.lines.length = 0;
    await denied("GET", "/me", { headers: { Cookie: `token=${token}; access_token=${token}` } }, MISSING);
    log.lines.length = 0;
    await denied("POST", "/write", { form: { access_token: token } }, MISSING);
  });

  it("refuses a token that has expired, to the second", async () => {
    clock.advance(60 * 60 - 1);
    assert.equal((await client.get("/me", { token })).status, 200);
    clock.advance(1);
    entered.length = 0;
    await denied("GET", "/me", { token }, INVALID);
  });

  it("refuses a token that was tampered with, or is far too long", async () => {
    const [head, payload, signature] = token.split(".") as [string, string, string];
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
    for (const bad of [
      `${none}.${payload}.`,
      `${head}.${payload}.`,
      `${head}.${payload}`,
      `${head}.${payload}.${signature}.x`,
      `${head}.${payload}A.${signature}`,
      `${token}${"A".repeat(9000)}`,
      `${token}${"A".repeat(15_000)}`,
    ]) {
      entered.length = 0;
      log.lines.length = 0;
      await denied("GET", "/me", { token: bad }, INVALID);
    }
  });

  it("ignores a bad token on a public route, and fills user from a good one", async () => {
    for (const bad of [{}, { token: "nonsense" }, { headers: { Authorization: "Basic YTpi" } }]) {
      const answer = await client.get("/open", bad);
      assert.deepEqual([answer.status, await answer.json()], [200, { user: null }]);
      assert.equal(answer.headers.get("FreshToken"), null);
    }
    const { user } = (await (await client.get("/open", { token })).json()) as { user: { sub: number } };
    assert.equal(user.sub, 1);
  });

  it("gives claims without a prototype that a token could reach", async () => {
    const claims =
      '{"sub":1,"iat":1,"exp":9999999999,"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"toString":"x"}';
    const keys = createSigningKeys({ secret: TEST_SECRET, previous: [] });
    const forged = signJwt(JSON.parse(claims) as { sub: number; iat: number; exp: number }, keys.access);
    const answer = await client.get("/me", { token: forged });
    assert.equal(answer.status, 200);
    assert.equal(((await answer.json()) as { isAdmin: unknown }).isAdmin, null);
    assert.equal(({} as { isAdmin?: unknown }).isAdmin, undefined);
  });

  it("sends a browser nowhere else where the route names no login page", async () => {
    const answer = await client.get("/me", { headers: { Accept: "text/html" } });
    assert.deepEqual([answer.status, answer.headers.get("Location"), entered], [401, null, []]);
  });

  it("lets in one of the roles, as exact text", async () => {
    const withRole = (role: unknown): Promise<Response> =>
      client.get("/admin", { token: client.app.auth.getToken({ sub: 1, role }) });
    assert.equal((await withRole("admin")).status, 200);
    assert.equal((await withRole("owner")).status, 200);
    for (const role of ["user", "Admin", "admin ", ["admin"], { admin: true }, true, null]) {
      entered.length = 0;
      const answer = await withRole(role);
      assert.deepEqual([answer.status, await answer.text(), entered], [403, '{"error":"Forbidden"}', []]);
    }
    assert.equal((await client.get("/admin")).status, 401);
  });
});
