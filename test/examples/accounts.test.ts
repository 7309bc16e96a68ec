import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import type { TestClient } from "tina4-ts/testing";
import { ALICE, accountVerbs } from "./account-verbs.ts";
import { derivations, openProject, type ProjectClient } from "./project-client.ts";

const ACCOUNTS = new URL("../../examples/accounts/", import.meta.url);
const MINUTE_SECONDS = 60;
const WRONG_TYPES: readonly unknown[] = [7, true, ["a@b.example"], { toString: "x" }, {}, []];

for (const transport of ["in-process", "socket"] as const) {
  describe(`examples/accounts, ${transport}`, () => {
    let project: ProjectClient;
    let client: TestClient;
    let count = 0;

    before(async () => {
      project = await openProject(ACCOUNTS, { transport });
      client = project.client;
    });

    after(() => project.close());
    beforeEach(() => {
      count += 1;
      derivations.length = 0;
      project.clock.advance(MINUTE_SECONDS); // each test begins with all places of the limits free
    });

    const { send, users, newUser, refuses } = accountVerbs(() => project);

    it("plays the session of the book: register, log in, read, rename, change the password", async () => {
      const registered = await send("POST", "/api/register", ALICE);
      const { created_at: createdAt, ...user } = registered.body.user as Record<string, unknown>;
      assert.match(String(createdAt), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
      assert.deepEqual([registered.status, registered.body.message], [201, "Registration successful"]);
      assert.deepEqual(user, { id: 1, name: "Alice", email: "alice@example.com", role: "user" });

      const { email, password } = ALICE;
      const loggedIn = await send("POST", "/api/login", { email, password });
      const token = loggedIn.body.token as string;
      assert.deepEqual(loggedIn, { status: 200, body: { message: "Login successful", token, user } });

      const profile = { ...user, created_at: createdAt };
      assert.deepEqual(await send("GET", "/api/profile", undefined, token), { status: 200, body: profile });

      const renamed = { status: 200, body: { message: "Profile updated", user: { ...profile, name: "Alice Smith" } } };
      assert.deepEqual(await send("PUT", "/api/profile", { name: "Alice Smith" }, token), renamed);

      const change = { current_password: password, new_password: "evenMoreSecure456" };
      const changed = { status: 200, body: { message: "Password changed successfully" } };
      assert.deepEqual(await send("PUT", "/api/profile/password", change, token), changed);
      assert.equal((await send("POST", "/api/login", { email, password })).status, 401);
      assert.equal((await send("POST", "/api/login", { email, password: "evenMoreSecure456" })).status, 200);
    });

    it("tells a stranger at the profile how to send a token, and the gate speaks at the writes", async () => {
      const profile = await client.get("/api/profile");
      assert.equal(profile.headers.get("WWW-Authenticate"), "Bearer");
      assert.deepEqual(
        [profile.status, await profile.text()],
        [401, '{"error":"Authorization required. Send: Authorization: Bearer <token>"}'],
      );
      const relogin = { status: 401, body: { error: "Invalid or expired token. Please login again." } };
      assert.deepEqual(await send("GET", "/api/profile", undefined, "nonsense"), relogin);
      for (const path of ["/api/profile", "/api/profile/password"]) {
        await refuses("PUT", path, {}, { status: 401, body: { error: "Authorization header required" } });
        await refuses("PUT", path, {}, { status: 401, body: { error: "Invalid or expired token" } }, "nonsense");
      }
    });

    describe("register", () => {
      it("names everything that is missing", async () => {
        const errors = ["Name is required", "Email is required", "Password is required"];
        for (const json of [
          {},
          [],
          { name: "", email: "", password: "" },
          { name: null, email: null, password: null },
        ]) {
          await refuses("POST", "/api/register", json, { status: 400, body: { errors } });
        }
        const short = { status: 400, body: { errors: ["Password must be at least 8 characters"] } };
        await refuses("POST", "/api/register", { ...ALICE, password: "seven77" }, short);
      });

      it("refuses a wrong type in any field, before any hashing", async () => {
        for (const wrong of WRONG_TYPES) {
          for (const [field, error] of [
            ["name", "Name must be text of at most 200 characters"],
            ["email", "Email must be a valid address"],
            ["password", "Password must be text of at most 1024 bytes"],
          ] as const) {
            const json = { ...ALICE, email: `new${count}@example.com`, [field]: wrong };
            await refuses("POST", "/api/register", json, { status: 400, body: { errors: [error] } });
          }
        }
        const long = { ...ALICE, email: `new${count}@example.com`, password: "x".repeat(1025) };
        const tooLong = { status: 400, body: { errors: ["Password must be text of at most 1024 bytes"] } };
        await refuses("POST", "/api/register", long, tooLong);
        assert.deepEqual(derivations, []);
      });

      it("refuses what cannot be stored as it is", async () => {
        const cases = [
          { ...ALICE, name: "x".repeat(201) },
          { ...ALICE, name: "Al\0ice" },
          { ...ALICE, name: "Al\ud800ice" },
          { ...ALICE, email: "nobody" },
          { ...ALICE, email: "a\0@example.com" },
          { ...ALICE, email: "\u212aelvin@example.com" },
          { ...ALICE, email: "\u0130@example.com" },
          { ...ALICE, email: `${"x".repeat(250)}@example.com` },
          { ...ALICE, email: "unused@example.com", password: "lone\ud800surrogate" },
        ];
        for (const json of cases) {
          const rows = await users();
          assert.equal((await send("POST", "/api/register", json)).status, 400, JSON.stringify(json));
          assert.deepEqual(await users(), rows);
        }
      });

      it("knows every spelling of an address as one account", async () => {
        const { email, password } = await newUser();
        const taken = { status: 409, body: { error: "Email already registered" } };
        for (const spelling of [email, email.toUpperCase(), `  ${email} `]) {
          await refuses("POST", "/api/register", { ...ALICE, email: spelling }, taken);
          assert.equal((await send("POST", "/api/login", { email: spelling, password })).status, 200);
        }
      });

      it("makes one account of two registrations at the same time (A16)", async () => {
        const json = { ...ALICE, email: `race${count}@example.com` };
        const answers = await Promise.all([1, 2, 3, 4].map(() => send("POST", "/api/register", json)));
        assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409, 409]);
        const lost = answers.filter(({ status }) => status === 409);
        for (const { body } of lost) assert.deepEqual(body, { error: "Email already registered" });
        assert.equal((await project.query("SELECT id FROM users WHERE email = ?", [json.email])).length, 1);
      });

      it("ignores columns that are not asked for (Q04)", async () => {
        const json = {
          ...ALICE,
          email: `mass${count}@example.com`,
          role: "admin",
          id: 1,
          password_hash: "x",
          created_at: "x",
        };
        const { status, body } = await send("POST", "/api/register", json);
        const { id, role, created_at: createdAt } = body.user as Record<string, unknown>;
        assert.deepEqual([status, role, id === 1, createdAt === "x"], [201, "user", false, false]);
      });

      it("stores the password as a hash, and tells nobody", async () => {
        const { password } = await newUser();
        const row = (await users()).at(-1) as { password_hash: string };
        assert.match(row.password_hash, /^pbkdf2_sha256\$600000\$[0-9a-f]{32}\$/);
        assert.ok(!project.logged.join().includes(password));
      });
    });

    describe("login", () => {
      it("refuses what cannot be anybody's, before any hashing", async () => {
        const missing = { status: 400, body: { error: "Email and password are required" } };
        for (const json of [{}, { email: "a@b.example" }, { password: "x" }, { email: "", password: "" }, [ALICE]]) {
          await refuses("POST", "/api/login", json, missing);
        }
        for (const wrong of WRONG_TYPES) {
          await refuses("POST", "/api/login", { email: ALICE.email, password: wrong }, missing);
          await refuses("POST", "/api/login", { email: wrong, password: ALICE.password }, missing);
        }
        await refuses("POST", "/api/login", { email: ALICE.email, password: "x".repeat(1025) }, missing);
        assert.deepEqual(derivations, []);
      });

      it("does the same work and says the same for a wrong password as for an account that does not exist", async () => {
        const { email } = await newUser();
        const wrong = { status: 401, body: { error: "Invalid email or password" } };
        for (const address of [email, "nobody@example.com", "no address", "' OR 1=1 --"]) {
          derivations.length = 0;
          await refuses("POST", "/api/login", { email: address, password: "not this one" }, wrong);
          assert.deepEqual(derivations, [600_000], address);
        }
      });

      it("issues a token that lasts an hour and carries no secret", async () => {
        const { token, email } = await newUser();
        const claims = JSON.parse(Buffer.from(token.split(".")[1] as string, "base64url").toString()) as Record<
          string,
          number
        >;
        const names = ["email", "exp", "iat", "name", "role", "session_tie", "user_id"];
        assert.deepEqual(Object.keys(claims).sort(), names);
        assert.deepEqual([claims.email, (claims.exp ?? 0) - (claims.iat ?? 0)], [email, 3600]);
      });
    });

    describe("profile", () => {
      it("changes what was sent and nothing else", async () => {
        const { token, email, id } = await newUser();
        const other = `other${count}@example.com`;
        const changed = await send("PUT", "/api/profile", { email: other.toUpperCase(), role: "admin", id: 1 }, token);
        const { created_at: _, ...user } = changed.body.user as Record<string, unknown>;
        assert.deepEqual([changed.status, user], [200, { id, name: "User", email: other, role: "user" }]);
        assert.equal((await send("PUT", "/api/profile", {}, token)).status, 200);
        assert.equal((await send("PUT", "/api/profile", { email }, token)).status, 200);
      });

      it("refuses a wrong type in any field, and writes nothing", async () => {
        const { token } = await newUser();
        for (const wrong of [...WRONG_TYPES, "", null, "\0"]) {
          for (const json of [{ name: wrong }, { email: wrong }, { name: "Fine", email: wrong }]) {
            const rows = await users();
            const { status, body } = await send("PUT", "/api/profile", json, token);
            assert.deepEqual([status, Array.isArray(body.errors)], [400, true], JSON.stringify(json));
            assert.deepEqual(await users(), rows);
          }
        }
      });

      it("does not take over the address of somebody else", async () => {
        const { token } = await newUser();
        const taken = { status: 409, body: { error: "Email already in use by another account" } };
        await refuses("PUT", "/api/profile", { email: ALICE.email.toUpperCase() }, taken, token);
      });

      it("is not found for a token without an account", async () => {
        const missing = { status: 404, body: { error: "User not found" } };
        for (const claims of [{ user_id: 9999 }, { sub: 1 }, { user_id: "1 OR 1=1" }]) {
          const token = client.app.auth.getToken(claims);
          assert.deepEqual(await send("GET", "/api/profile", undefined, token), missing);
          await refuses("PUT", "/api/profile", { name: "X" }, missing, token);
        }
      });
    });

    describe("password", () => {
      it("needs the current one", async () => {
        const { token, password } = await newUser();
        const required = { status: 400, body: { error: "Current password and new password are required" } };
        for (const json of [{}, { current_password: password }, { new_password: "evenMoreSecure456" }, []]) {
          await refuses("PUT", "/api/profile/password", json, required, token);
        }
        const wrong = { current_password: "not this one", new_password: "evenMoreSecure456" };
        const incorrect = { status: 401, body: { error: "Current password is incorrect" } };
        await refuses("PUT", "/api/profile/password", wrong, incorrect, token);
      });

      it("refuses a new one that will not do, before any hashing", async () => {
        const { token, password } = await newUser();
        derivations.length = 0;
        for (const [wanted, error] of [
          ["seven77", "New password must be at least 8 characters"],
          ["x".repeat(1025), "New password must be text of at most 1024 bytes"],
          [12345678, "New password must be text of at most 1024 bytes"],
          [["evenMoreSecure456"], "New password must be text of at most 1024 bytes"],
        ] as const) {
          const json = { current_password: password, new_password: wanted };
          await refuses("PUT", "/api/profile/password", json, { status: 400, body: { error } }, token);
        }
        for (const current of WRONG_TYPES) {
          const json = { current_password: current, new_password: "evenMoreSecure456" };
          const required = { status: 400, body: { error: "Current password and new password are required" } };
          await refuses("PUT", "/api/profile/password", json, required, token);
        }
        assert.deepEqual(derivations, []);
      });
    });

    it("answers broken bodies with 4xx and goes on", async () => {
      for (const body of ["{", "7", '"text"', "null", "x".repeat(2_000_000)]) {
        const answer = await client.post("/api/register", { body, headers: { "Content-Type": "application/json" } });
        assert.ok(answer.status === 400 || answer.status === 413, String(answer.status));
      }
      assert.equal((await client.get("/login")).status, 200);
      assert.ok(project.logged.every((line) => !line.includes('"level":"error"')));
    });
  });
}
