import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { type ApiKeyRecord, hashApiKey, type MiddlewareFunction, requireApiKey } from "tina4-ts";
import { testClient } from "tina4-ts/testing";
import { TEST_SECRET } from "../app/test-app.ts";
import { openBook } from "./open-book.ts";

const REQUIRED = [401, { error: "API key required" }];
const INVALID = [403, { error: "Invalid API key" }];

/** As a row of the book's table comes, with the key under its hash. */
interface Row {
  readonly id: number;
  readonly name: string;
  readonly rate_limit: number;
  readonly is_active: number;
  request_count: number;
}

/** `.env` and `src/routes/api.ts` of section 13, with the middleware that the file says. */
function partnerProject(test: TestContext, middleware: string): string {
  const root = mkdtempSync(join(tmpdir(), "tina4-book-"));
  mkdirSync(join(root, "src/routes"), { recursive: true });
  writeFileSync(join(root, ".env"), "API_KEYS=key-alpha-001,key-beta-002,key-gamma-003\n");
  writeFileSync(
    join(root, "src/routes/api.ts"),
    `import { get, group, requireApiKey } from "${import.meta.resolve("tina4-ts")}";
${middleware}
group("/api/partner", { middleware: guard }, () => {
  get("/data", (request) => ({ authenticated_with: request.state.apiKey, data: [{ id: 1, value: "alpha" }] }));
});
`,
  );
  const had = process.env.API_KEYS;
  delete process.env.API_KEYS;
  test.after(() => {
    rmSync(root, { recursive: true });
    if (had === undefined) delete process.env.API_KEYS;
    else process.env.API_KEYS = had;
  });
  return root;
}

const OWN = `const guard = (request, response, next) => {
  const key = request.header("X-API-Key") ?? "";
  if (key === "") return response.json({ error: "API key required" }, 401);
  const keys = (process.env.API_KEYS ?? "").split(",").map((each) => each.trim());
  if (!keys.includes(key)) return response.json({ error: "Invalid API key" }, 403);
  request.state.apiKey = key;
  return next(request, response);
};`;
const BUILT_IN = "const guard = requireApiKey();";

describe("the book's API keys", () => {
  it("come from a list, in its words for a missing and a wrong one", async (test) => {
    const settings = { API_KEYS: "key-abc-123,key-def-456,key-ghi-789" };
    const write = (app: Parameters<Parameters<typeof openBook>[1]>[0]) =>
      void app.get("/api/data", () => ({ data: [1, 2, 3] })).middleware(requireApiKey());
    const book = await openBook(test, write, { settings });
    assert.deepEqual(await book.says("/api/data"), REQUIRED);
    assert.deepEqual(await book.says("/api/data", { "X-API-Key": "wrong-key" }), INVALID);
    assert.deepEqual(await book.says("/api/data", { "X-API-Key": "key-abc-123" }), [200, { data: [1, 2, 3] }]);
  });

  it("are looked up in a table, counted, and handed on with their id and name", async (test) => {
    const rows = new Map<string, Row>([
      [hashApiKey("tk_mobile"), { id: 1, name: "Mobile App", rate_limit: 2, is_active: 1, request_count: 0 }],
      [hashApiKey("tk_old"), { id: 2, name: "Old App", rate_limit: 100, is_active: 0, request_count: 0 }],
    ]);
    const guard = requireApiKey<ApiKeyRecord & { row: Row }>({
      find: (hash) => {
        const row = rows.get(hash);
        return row && { row, isActive: row.is_active === 1, rateLimit: row.rate_limit };
      },
      onUse: ({ row }) => {
        row.request_count += 1;
      },
    });
    const book = await openBook(test, (app) => {
      app
        .get("/api/data", (request) => ({ id: guard.of(request).row.id, api_key: guard.of(request).row.name }))
        .middleware(guard);
    });
    const says = (key: string) => book.says("/api/data", { "X-API-Key": key });
    assert.deepEqual(await book.says("/api/data"), [401, { error: "API key required. Send in X-API-Key header." }]);
    assert.deepEqual(await says("tk_wrong"), INVALID);
    assert.deepEqual(await says("tk_old"), [403, { error: "API key has been deactivated" }]);
    assert.deepEqual(await says("tk_mobile"), [200, { id: 1, api_key: "Mobile App" }]);
    assert.deepEqual([(await says("tk_mobile"))[0], (await says("tk_mobile"))[0]], [200, 429]);
    assert.deepEqual(
      [...rows.values()].map(({ request_count }) => request_count),
      [2, 0],
    );
  });

  for (const [what, middleware] of [
    ["requireApiKey", BUILT_IN],
    ["the program's own middleware", OWN],
  ] as const) {
    it(`in .env are known to ${what}`, async (test) => {
      const root = partnerProject(test, middleware);
      const settings = { SECRET: TEST_SECRET, TINA4_SESSION_BACKEND: "memory", TINA4_LOG_LEVEL: "silent" };
      const client = await testClient({ root, settings });
      test.after(() => client.close());
      const says = async (headers: Record<string, string> = {}) => {
        const answer = await client.get("/api/partner/data", { headers });
        return [answer.status, await answer.json()];
      };
      assert.deepEqual(await says(), REQUIRED);
      assert.deepEqual(await says({ "X-API-Key": "wrong-key" }), INVALID);
      const data = [{ id: 1, value: "alpha" }];
      const authenticated_with = "key-alpha-001";
      assert.deepEqual(await says({ "X-API-Key": authenticated_with }), [200, { authenticated_with, data }]);
    });
  }

  it("can share a name with middleware of the program's own", async (test) => {
    const own: MiddlewareFunction = (_request, response) => response.json({ error: "Invalid or missing API key" }, 401);
    const book = await openBook(test, (app) => {
      app.middleware.register("requireApiKey", own);
      app.get("/api/v1/products", () => ({ products: [] })).middleware("requireApiKey");
    });
    assert.deepEqual(await book.says("/api/v1/products"), [401, { error: "Invalid or missing API key" }]);
  });
});
