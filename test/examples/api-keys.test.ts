import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { Auth } from "tina4-ts";
import { databaseDump } from "./database-dump.ts";
import { openProject, type ProjectClient } from "./project-client.ts";

const API_KEYS = new URL("../../examples/api-keys/", import.meta.url);
const MINUTE_SECONDS = 60;
const SHOWN = "id name prefix last_four is_active rate_limit request_count last_used_at created_at".split(" ");
const INVALID = { status: 403, body: { error: "Invalid API key" } };

interface Sent {
  readonly json?: object;
  readonly token?: string;
  readonly key?: string;
}

interface Key {
  readonly id: number;
  readonly name: string;
  readonly key_value: string;
  readonly request_count: number;
  readonly last_used_at: string | null;
}

for (const transport of ["in-process", "socket"] as const) {
  describe(`examples/api-keys, ${transport}`, () => {
    let project: ProjectClient;
    let admin: string;
    let user: string;

    before(async () => {
      project = await openProject(API_KEYS, { transport });
    });
    after(() => project.close());
    beforeEach(() => {
      project.clock.advance(MINUTE_SECONDS);
      admin = Auth.getToken({ sub: "admin", role: "admin" });
      user = Auth.getToken({ sub: 7, role: "user" });
    });

    async function send(method: string, path: string, { key, ...sent }: Sent = {}) {
      const headers = key === undefined ? {} : { "X-API-Key": key };
      const answer = await project.client.request(method, path, { ...sent, headers });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    }

    async function newKey(name = "Mobile App"): Promise<Key> {
      const { status, body } = await send("POST", "/admin/api-keys", { token: admin, json: { name } });
      assert.deepEqual([status, body.message], [201, "API key created"]);
      return body.key as Key;
    }

    async function listed(id: number): Promise<Key | undefined> {
      const { body } = await send("GET", "/admin/api-keys", { token: admin });
      const keys = body.keys as Key[];
      assert.equal(body.count, keys.length);
      for (const key of keys) assert.deepEqual(Object.keys(key), SHOWN);
      return keys.find((key) => key.id === id);
    }

    it("makes a key and shows it once", async () => {
      const { key_value, ...row } = await newKey();
      assert.match(key_value, /^tk_[0-9a-f]{56}$/);
      assert.deepEqual(Object.keys(row), SHOWN);
      assert.deepEqual(await listed(row.id), row);
      assert.deepEqual(
        { ...row, id: 0, prefix: "", last_four: "", created_at: "" },
        {
          ...{ id: 0, name: "Mobile App", prefix: "", last_four: "", created_at: "" },
          ...{ is_active: 1, rate_limit: 100, request_count: 0, last_used_at: null },
        },
      );
    });

    it("lets in with the key, says whose it is, and counts its use", async () => {
      const { id, key_value: key } = await newKey("Partner Ltd");
      const data = { data: [1, 2, 3, 4, 5], api_key: "Partner Ltd" };
      assert.deepEqual(await send("GET", "/api/data", { key }), { status: 200, body: data });
      const status = { status: "operational", api_key: "Partner Ltd" };
      assert.deepEqual(await send("GET", "/api/status", { key }), { status: 200, body: status });
      const used = await listed(id);
      assert.equal(used?.request_count, 2);
      assert.match(used?.last_used_at ?? "", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    });

    it("refuses no key, a wrong one and a deactivated one, and counts none of that (F01)", async () => {
      const { id, key_value: key } = await newKey();
      const required = { error: "API key required. Send in X-API-Key header." };
      assert.deepEqual(await send("GET", "/api/data"), { status: 401, body: required });
      assert.deepEqual(await send("GET", `/api/data?api_key=${key}`), { status: 401, body: required });
      const wrong = `${key.slice(0, 9)}${"0".repeat(50)}`;
      for (const guess of ["wrong-key", wrong, "' OR 1=1 --"]) {
        assert.deepEqual(await send("GET", "/api/status", { key: guess }), INVALID);
      }
      const gone = await send("DELETE", `/admin/api-keys/${id}`, { token: admin });
      assert.deepEqual(gone, { status: 200, body: { message: "API key deactivated" } });
      const deactivated = { status: 403, body: { error: "API key has been deactivated" } };
      assert.deepEqual(await send("GET", "/api/data", { key }), deactivated);
      assert.equal((await listed(id))?.request_count, 0);
    });

    it("knows no key that is not there", async () => {
      const missing = { status: 404, body: { error: "API key not found" } };
      assert.deepEqual(await send("DELETE", "/admin/api-keys/999999", { token: admin }), missing);
    });

    it("lets only administrators make, list and deactivate keys (F03)", async () => {
      const { id } = await newKey();
      const before = (await project.query("SELECT id FROM api_keys")).length;
      for (const [method, path, json] of [
        ["POST", "/admin/api-keys", { name: "Mine" }],
        ["GET", "/admin/api-keys"],
        ["DELETE", `/admin/api-keys/${id}`],
      ] as const) {
        const body = json && { json };
        const required = { status: 401, body: { error: "Authorization header required" } };
        assert.deepEqual(await send(method, path, { ...body }), required);
        const invalid = { status: 401, body: { error: "Invalid or expired token" } };
        assert.deepEqual(await send(method, path, { ...body, token: "nonsense" }), invalid);
        const forbidden = { status: 403, body: { error: "Forbidden. Required role: admin" } };
        assert.deepEqual(await send(method, path, { ...body, token: user }), forbidden);
      }
      assert.equal((await project.query("SELECT id FROM api_keys WHERE is_active = 1 AND id = ?", [id])).length, 1);
      assert.equal((await project.query("SELECT id FROM api_keys")).length, before);
    });

    it("takes a name that is text, and gives one where none was sent", async () => {
      const create = (json: object) => send("POST", "/admin/api-keys", { token: admin, json });
      for (const name of ["", "  ", 7, null, ["a"], "a\0b", "\ud800", "x".repeat(101)]) {
        const { status, body } = await create({ name });
        const errors = [{ path: "name", message: "A name is text of at most 100 characters" }];
        assert.deepEqual([status, body], [400, { error: "Validation failed", errors }], JSON.stringify(name));
      }
      const named = async (json: object) => ((await create(json)).body.key as Key).name;
      assert.equal(await named({ name: ` ${"x".repeat(100)} `, is_active: 0 }), "x".repeat(100));
      assert.equal(await named({}), "Unnamed Key");
    });

    it("lets exactly a hundred requests a minute through, counts each, and refuses the others", async () => {
      const { id, key_value: key } = await newKey();
      const answers = await Promise.all(Array.from({ length: 100 }, () => send("GET", "/api/data", { key })));
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
      assert.equal((await listed(id))?.request_count, 100);
      const tooMany = { error: "Rate limit exceeded. Try again in 60 seconds.", retry_after: 60 };
      assert.deepEqual(await send("GET", "/api/status", { key }), { status: 429, body: tooMany });
      assert.equal((await listed(id))?.request_count, 100);
      project.clock.advance(MINUTE_SECONDS);
      assert.equal((await send("GET", "/api/status", { key })).status, 200);
    });

    it("keeps no key and no token in the database or the log (F02)", async () => {
      const { id, key_value: key } = await newKey("Kept Secret");
      await send("GET", "/api/data", { key });
      await send("GET", `/api/data?api_key=${key}`);
      await send("GET", `/api/data?api_key=${key}`, { key: key.slice(0, -1) });
      const dump = [databaseDump(project), ...project.logged].join("\n");
      assert.match(dump, /Kept Secret/);
      for (const secret of [key, key.slice(3), key.slice(9, -4), admin, user]) assert.ok(!dump.includes(secret));
      const [row] = await project.query("SELECT * FROM api_keys WHERE id = ?", [id]);
      const { key_hash } = row as { key_hash: string };
      assert.deepEqual(await send("GET", "/api/data", { key: key_hash }), INVALID);
    });
  });
}
