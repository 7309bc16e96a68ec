import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { Auth, type Claims, createApp } from "tina4-ts";
import { FakeClock, type TestClient } from "tina4-ts/testing";
import { TEST_SECRET } from "../app/test-app.ts";
import { openProject, type ProjectClient } from "../examples/project-client.ts";

const PROJECT = new URL("fixtures/authentication/", import.meta.url);
const PAYLOAD = { user_id: 42, email: "alice@example.com", role: "admin" };
const ALICE = { name: "Alice", email: "alice@example.com", password: "securePass123" };

describe("the chapter on authentication", () => {
  let project: ProjectClient;
  let client: TestClient;

  before(async () => {
    project = await openProject(PROJECT);
    client = project.client;
  });

  after(() => project.close());

  async function get(path: string, token?: string): Promise<[number, unknown]> {
    const answer = await client.get(path, token === undefined ? {} : { token });
    return [answer.status, await answer.json()];
  }

  async function post(path: string, json: object): Promise<[number, Record<string, unknown>]> {
    const answer = await client.post(path, { json });
    return [answer.status, (await answer.json()) as Record<string, unknown>];
  }

  describe("section 2, tokens", () => {
    it("makes a token of three parts, signed with HS256", () => {
      const token = Auth.getToken(PAYLOAD);
      const [header, , ...rest] = token.split(".");
      assert.equal(Buffer.from(header as string, "base64url").toString(), '{"alg":"HS256","typ":"JWT"}');
      assert.equal(rest.length, 1);
    });

    it("gives the payload of a valid token, and null for any other", () => {
      const token = Auth.getToken(PAYLOAD);
      const { iat, exp, ...payload } = Auth.validToken(token) ?? {};
      assert.deepEqual({ ...payload }, PAYLOAD);
      assert.equal((exp ?? 0) - (iat ?? 0), 60 * 60);
      assert.equal(Auth.validToken(`${token}x`), null);
      assert.equal(Auth.validToken("nonsense"), null);
    });

    it("reads a payload without any check, and null from what cannot be read", () => {
      const forged = `${Auth.getToken(PAYLOAD).split(".").slice(0, 2).join(".")}.AAAA`;
      assert.equal(Auth.getPayload(forged)?.user_id, 42);
      assert.equal(Auth.validToken(forged), null);
      assert.equal(Auth.getPayload("nonsense"), null);
    });

    for (const minutes of [15, 60, 1440, 10_080]) {
      it(`lets tokens expire after TINA4_TOKEN_EXPIRES_IN=${minutes} minutes`, async () => {
        const clock = new FakeClock();
        const app = createApp({ now: clock.now, settings: { SECRET: TEST_SECRET, TINA4_TOKEN_EXPIRES_IN: minutes } });
        const token = app.auth.getToken(PAYLOAD);
        clock.advance(minutes * 60 - 1);
        assert.equal(app.auth.validToken(token)?.user_id, 42);
        clock.advance(1);
        assert.equal(app.auth.validToken(token), null);
        await app.close();
      });
    }

    it("keeps a random key in secrets/jwt.key where no SECRET is set (G01)", async () => {
      const root = mkdtempSync(join(tmpdir(), "tina4-book-"));
      const settings = { TINA4_LOG_LEVEL: "silent" };
      const one = createApp({ root, settings });
      const again = createApp({ root, settings });
      assert.equal(again.auth.validToken(one.auth.getToken(PAYLOAD))?.user_id, 42);
      assert.equal(Auth.validToken(one.auth.getToken(PAYLOAD)), null);
      assert.ok(existsSync(join(root, "secrets/jwt.key")));
      assert.equal(statSync(join(root, "secrets/jwt.key")).mode & 0o777, 0o600);
      await Promise.all([one.close(), again.close()]);
      rmSync(root, { recursive: true });
    });
  });

  describe("section 3, passwords", () => {
    it("hashes and checks", async () => {
      const hashed = await Auth.hashPassword("my-secure-password");
      assert.match(hashed, /^pbkdf2_sha256\$600000\$/);
      assert.equal(await Auth.checkPassword("my-secure-password", hashed), true);
      assert.equal(await Auth.checkPassword("wrong-password", hashed), false);
      assert.equal(Auth.needsRehash(hashed), false);
    });

    it("registers", async () => {
      const required = { error: "Name, email, and password are required" };
      assert.deepEqual(await post("/api/register", {}), [400, required]);
      const short = { error: "Password must be at least 8 characters" };
      assert.deepEqual(await post("/api/register", { ...ALICE, password: "short" }), [400, short]);
      const user = { id: 1, name: "Alice", email: "alice@example.com" };
      assert.deepEqual(await post("/api/register", ALICE), [201, { message: "Registration successful", user }]);
      assert.deepEqual(await post("/api/register", ALICE), [409, { error: "Email already registered" }]);
    });
  });

  describe("sections 4 to 6, login and protected routes", () => {
    it("logs in, and the token opens the profile", async () => {
      assert.deepEqual(await post("/api/login", {}), [400, { error: "Email and password are required" }]);
      const wrong = [401, { error: "Invalid email or password" }];
      assert.deepEqual(await post("/api/login", { ...ALICE, password: "wrong" }), wrong);
      assert.deepEqual(await post("/api/login", { ...ALICE, email: "nobody@example.com" }), wrong);
      const [status, { message, token, user }] = await post("/api/login", ALICE);
      assert.deepEqual([status, message], [200, "Login successful"]);
      assert.deepEqual(user, { id: 1, name: "Alice", email: "alice@example.com" });
      const profile = { user_id: 1, email: "alice@example.com", name: "Alice" };
      assert.deepEqual(await get("/api/profile", token as string), [200, profile]);
    });

    it("closes a route and a group with middleware of one's own", async () => {
      const token = Auth.getToken(PAYLOAD);
      for (const path of ["/api/profile", "/api/admin/stats", "/api/admin/logs"]) {
        assert.deepEqual(await get(path), [401, { error: "Authorization header required" }]);
        assert.deepEqual(await get(path, "nonsense"), [401, { error: "Invalid or expired token" }]);
        assert.equal((await get(path, token))[0], 200);
      }
      assert.deepEqual(await get("/api/admin/stats", token), [200, { active_users: 42 }]);
    });
  });

  describe("section 7, noAuth, secure and roles", () => {
    it("leaves a noAuth route open and closes a secured GET", async () => {
      assert.deepEqual(await get("/api/public/health"), [200, { status: "ok" }]);
      assert.deepEqual(await get("/api/me"), [401, { error: "Authorization header required" }]);
      const [status, user] = await get("/api/me", Auth.getToken(PAYLOAD));
      assert.deepEqual([status, (user as { user_id: number }).user_id], [200, 42]);
    });

    it("demands a role with middleware of one's own, behind the gate", async () => {
      const remove = async (claims?: Claims): Promise<[number, unknown]> => {
        const answer = await client.delete(
          "/api/users/7",
          claims === undefined ? {} : { token: Auth.getToken(claims) },
        );
        return [answer.status, await answer.json()];
      };
      assert.deepEqual(await remove(), [401, { error: "Authorization header required" }]);
      assert.deepEqual(await remove({ user_id: 1, role: "user" }), [403, { error: "Forbidden. Required role: admin" }]);
      assert.deepEqual(await remove(PAYLOAD), [200, { deleted: true }]);
    });
  });
});
