import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Application } from "../../src/app/application.ts";
import type { SettingOverrides } from "../../src/config/load-settings.ts";
import { requireApiKey } from "../../src/middleware/require-api-key.ts";
import { requireRole } from "../../src/middleware/require-role.ts";
import type { TestClient } from "../../src/testing/test-client.ts";
import { testClient } from "../../src/testing/test-client.ts";
import { newApp, TEST_SECRET } from "../app/test-app.ts";

const DEBUG: SettingOverrides = { TINA4_DEBUG: true };

/** The rows of all tables, each as its texts without markup. */
function rowsOf(page: string): string[][] {
  const texts = (row: string): string[] =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = ""]) =>
      cell
        .replaceAll("<wbr>", "")
        .replace(/<[^>]+>/g, " ")
        .replace(/\s+/g, " ")
        .trim(),
    );
  return [...page.matchAll(/<tr role="row" class[^>]*>(.*?)<\/tr>/gs)].map(([, row = ""]) => texts(row));
}

function register(app: Application): void {
  app.use(function counting(request, response, next) {
    return next(request, response);
  });
  app.get("/", () => "home").name("home");
  app.get("/account", () => ({})).secure({ session: true });
  app.post("/feedback", () => ({})).noAuth();
  app
    .post("/contact", () => ({}))
    .noAuth()
    .csrf()
    .middleware("RateLimiter:3");
  app
    .post("/api/login", () => ({}))
    .noAuth()
    .middleware("LoginThrottle:5");
  app.post("/avatars", () => ({})).upload({ maxFiles: 1, types: ["image/png"] });
  app.get("/boom", () => {
    throw new Error("password=hunter2 failed <b>");
  });
  app.get("/turned-away", (_request, response) => response.error("not you", 403));
}

describe("the overview page", () => {
  let client: TestClient;
  const overview = async (query = ""): Promise<string> => (await client.get(`/__tina4${query}`)).text();
  const row = async (start: string): Promise<string[] | undefined> =>
    rowsOf(await overview()).find(([first]) => first?.startsWith(start));

  before(async () => {
    const { app } = newApp(DEBUG);
    register(app);
    client = await testClient(app);
  });
  after(() => client.close());

  it("sums up which doors are open", async () => {
    const text = (await overview()).replace(/<[^>]+>/g, "");
    assert.match(text, /3 open writes, 1 without a limit of its own\. 3 open reads, 2 locked\./);
    assert.match(
      text,
      /POST \/feedback test\/debug\/overview-page\.test\.ts:\d+, no limit of its own\n?POST \/contact/,
    );
  });

  it("lists every route with its lock, open writes first", async () => {
    const doors = rowsOf(await overview()).slice(0, 8);
    assert.deepEqual(
      doors.map(([route, lock]) => `${route}: ${lock}`),
      [
        ...["POST /feedback: ⚠ open write", "POST /contact: ⚠ open write", "POST /api/login: ⚠ open write"],
        ...["GET / (home): open", "GET /boom: open", "GET /turned-away: open"],
        ...["GET /account: Bearer token or session", "POST /avatars: Bearer token"],
      ],
    );
  });

  it("tells what else stands at a door, and where it was declared", async () => {
    const [, ...contact] = (await row("POST /contact")) ?? [];
    assert.deepEqual(contact.slice(0, -1), [
      "⚠ open write",
      "yes",
      "on",
      "3 in 60 s, its own",
      "up to 1 MiB, no files",
      "RateLimiter:3",
    ]);
    assert.match(contact.at(-1) ?? "", /^test\/debug\/overview-page\.test\.ts:\d+$/);
    const avatars = await row("POST /avatars");
    assert.equal(avatars?.[5], "up to 10 MiB with files, at most 1, image/png");
    assert.equal(avatars?.[4], "100 in 60 s, shared");
  });

  it("shows what guards a WebSocket: its lock, and the Origin of the page instead of a form token", async () => {
    const { app } = newApp(DEBUG);
    app.websocket("/chat", () => undefined).secure({ session: true });
    app.websocket("/public", () => undefined).noAuth();
    const own = await testClient(app);
    const rows = rowsOf(await (await own.get("/__tina4")).text()).filter(([route]) => route?.startsWith("WS "));
    await own.close();
    assert.deepEqual(
      rows.map((cells) => cells.slice(0, 4)),
      [
        ["WS /public", "⚠ open write", "no: the Origin decides", "on"],
        ["WS /chat", "ticket, Bearer token or session", "no: the Origin decides", "on"],
      ],
    );
  });

  it("names the middleware around everything", async () => {
    assert.match(await overview(), /Around every route: counting\./);
  });

  it("shows settings with source and doubt, and never a secret", async () => {
    assert.deepEqual(await row("SECRET"), ["SECRET", "set, 64 bytes", "option", "fine"]);
    assert.deepEqual((await row("TINA4_DEBUG"))?.slice(1, 3), ["true", "option"]);
    assert.match((await row("TINA4_DEBUG"))?.[3] ?? "", /^⚠ Turn it off/);
    assert.deepEqual(await row("TINA4_CSP"), ["TINA4_CSP", "unset", "default", "fine"]);
    assert.doesNotMatch(await overview(), new RegExp(TEST_SECRET));
  });

  it("shows what stopped the last requests, and not its own", async () => {
    await client.get("/?token=abc");
    await client.get("/account", { headers: { Accept: "application/json" } });
    await client.post("/contact", { form: { a: "b" }, headers: { "Sec-Fetch-Site": "cross-site" } });
    await client.get("/boom");
    await client.get("/turned-away");
    await client.get("/<script>alert(1)</script>");
    const requests = rowsOf(await overview())
      .slice(-6)
      .reverse();
    assert.deepEqual(
      requests.map(([request, status, stop]) => [request, status, stop]),
      [
        ["GET /?token=[redacted]", "200", "nothing"],
        ["GET /account", "⚠ 401", "TOKEN_MISSING Authorization header required"],
        ["POST /contact", "⚠ 403", "CROSS_SITE sec-fetch-site cross-site"],
        ["GET /boom", "⚠ 500", "INTERNAL Error: password=[redacted] failed &lt;b&gt;"],
        ["GET /turned-away", "⚠ 403", "the application&#39;s own answer"],
        ["GET /&lt;script&gt;alert(1)&lt;/script&gt;", "⚠ 404", "NOT_FOUND Not found"],
      ],
    );
  });

  it("shows only the rows that hold what is looked for, and escapes that", async () => {
    const page = await overview("?find=AVATARS");
    assert.deepEqual(
      rowsOf(page).map(([first]) => first),
      ["POST /avatars"],
    );
    const hostile = await overview(`?find=${encodeURIComponent('"><script>alert(1)</script>')}${"a".repeat(500)}`);
    assert.deepEqual(rowsOf(hostile), []);
    assert.match(hostile, /value="&quot;&gt;&lt;script&gt;alert\(1\)&lt;\/script&gt;a{73}"/);
    assert.doesNotMatch(hostile, /<script/);
    assert.equal((await client.get("/__tina4?find=%zz&a[__proto__]=1")).status, 200);
  });

  it("is no route, and no middleware of the application runs around it", async () => {
    const ran: string[] = [];
    const { app } = newApp(DEBUG);
    app.use((request, response, next) => {
      ran.push(request.path);
      return next(request, response);
    });
    const own = await testClient(app);
    const answer = await own.get("/__tina4", { headers: { Cookie: "tina4_session=abc" } });
    assert.deepEqual(
      [answer.status, answer.headers.get("X-RateLimit-Limit"), answer.headers.getSetCookie()],
      [200, null, []],
    );
    assert.deepEqual([ran, app.routes.length], [[], 0]);
    await own.get("/other");
    assert.deepEqual(ran, ["/other"]);
    await own.close();
  });

  it("shows a door that an API key or a role guards as locked", async () => {
    const { app } = newApp(DEBUG);
    app.middleware.register("partnerKey", requireApiKey());
    app
      .post("/orders", () => ({}))
      .noAuth()
      .middleware("partnerKey");
    app.group("/admin", { middleware: requireRole("admin") }, () => void app.get("/stats", () => ({})));
    const own = await testClient(app);
    const page = await (await own.get("/__tina4")).text();
    assert.deepEqual(
      rowsOf(page)
        .slice(0, 2)
        .map(([route, lock]) => `${route}: ${lock}`),
      ["POST /orders: API key", "GET /admin/stats: role admin"],
    );
    assert.match(page, /<strong>0 open writes<\/strong>[^<]*0 open reads, 2 locked\./);
    await own.close();
  });

  it("gives way to a route of the project, and the log says so", async () => {
    const { app, log } = newApp(DEBUG);
    app.get("/__tina4", () => ({ mine: true }));
    app.get("/boom", () => {
      throw new Error("still shown");
    });
    const own = await testClient(app);
    assert.deepEqual(await (await own.get("/__tina4")).json(), { mine: true });
    assert.match(log.entries[0]?.message ?? "", /^\/__tina4 is a route of this application/);
    assert.match(await (await own.get("/boom", { headers: { Accept: "text/html" } })).text(), /still shown/);
    await own.close();
  });

  it("stands in front of a route that takes any path, for the developer alone", async () => {
    const { app } = newApp(DEBUG);
    app.get("/{page:path}", () => ({ any: true }));
    const own = await testClient(app);
    assert.match(await (await own.get("/__tina4")).text(), /GET \/\{page:path\}/);
    assert.deepEqual(await (await own.get("/__tina4", { headers: { Via: "proxy" } })).json(), { any: true });
    await own.close();
  });
});
