import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { skip } from "./fixtures/built-package.ts";
import { RunningCommand } from "./fixtures/running-command.ts";
import { temporaryProject } from "./fixtures/temporary-project.ts";

const ROUTES = [
  'import { any, get, group, post } from "tina4-ts";',
  'get("/hello", () => "hello").name("hello");',
  'post("/api/login", () => "welcome").noAuth().middleware("RateLimiter:30", "LoginThrottle:5");',
  'post("/hooks", () => "paid").noAuth().crossSite();',
  'group("/api", { middleware: [function audit(_request: unknown, _response: unknown, next: () => never) { return next(); }] }, () => {',
  '  any("/users/{id:int}", () => "user").secure().role("admin", "editor");',
  "});",
];

function project(test: TestContext, files: Parameters<typeof temporaryProject>[1] = {}) {
  const { root, write } = temporaryProject(test, { "src/routes/all.ts": ROUTES, ...files });
  const tina4 = (...args: readonly string[]) => new RunningCommand(test, args, { cwd: root }).ending();
  return { root, write, tina4 };
}

describe("tina4 routes", { skip, concurrency: 2 }, () => {
  it("lists what each method of each route demands and where it stands", async (test) => {
    const { tina4 } = project(test);
    const { code, stdout, stderr } = await tina4("routes");
    assert.deepEqual([code, stderr], [0, ""]);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => line.split(/ {2,}/));
    assert.deepEqual(lines.slice(0, 5), [
      ["METHOD", "PATH", "AUTH", "CSRF", "LIMIT", "MIDDLEWARE", "FILE"],
      ["GET", "/hello", "public", "none", "100/60s", "-", "src/routes/all.ts:2"],
      [
        "POST",
        "/api/login",
        "public",
        "when-presented",
        "30/60s",
        "RateLimiter:30, LoginThrottle:5",
        "src/routes/all.ts:3",
      ],
      ["POST", "/hooks", "public cross-site", "none", "100/60s", "-", "src/routes/all.ts:4"],
      ["GET", "/api/users/{id:int}", "bearer admin editor", "none", "100/60s", "audit", "src/routes/all.ts:6"],
    ]);
    assert.deepEqual(
      lines.slice(4).map(([method]) => method),
      ["GET", "POST", "PUT", "PATCH", "DELETE"],
    );
  });

  it("prints the same as JSON, also when a setting is worth a warning", async (test) => {
    const { tina4 } = project(test, { ".env": "TINA4_CRSF=false" });
    const rows = JSON.parse((await tina4("routes", "--json")).stdout);
    assert.equal(rows.length, 8);
    assert.deepEqual(rows[0], {
      method: "GET",
      path: "/hello",
      name: "hello",
      template: null,
      auth: "none",
      roles: [],
      locks: [],
      crossSite: false,
      csrf: "none",
      limit: [{ requests: 100, windowSeconds: 60 }],
      middleware: [],
      isPublicWrite: false,
      declaredAt: "src/routes/all.ts:2",
    });
  });

  it("says where a form token is not asked for although a route would want one", async (test) => {
    const route =
      'import { get, post } from "tina4-ts";\nget("/", () => "");\npost("/a", () => "").noAuth().csrf();\npost("/b", () => "");';
    const { tina4 } = project(test, { ".env": "TINA4_CSRF=false", "src/routes/all.ts": route });
    const rows: { csrf: string }[] = JSON.parse((await tina4("routes", "--json")).stdout);
    assert.deepEqual(
      rows.map(({ csrf }) => csrf),
      ["none", "off", "none"],
    );
  });

  it("lists what app.ts registers too, and does not let it listen", async (test) => {
    const app = [
      'import { del, run } from "tina4-ts";',
      'del("/early", () => "").noAuth();',
      "await run();",
      "process.exit(3);",
    ];
    const { tina4 } = project(test, { "app.ts": app });
    const { code, stdout } = await tina4("routes", "--public-writes", "--json");
    assert.equal(code, 1);
    assert.deepEqual(
      JSON.parse(stdout).map((row: { path: string }) => row.path),
      ["/early", "/api/login", "/hooks"],
    );
  });

  it("shows no limit where there is none, and asks no server", async (test) => {
    const servers =
      "TINA4_RATE_BACKEND=redis\nTINA4_RATE_URL=redis://127.0.0.1:1\nTINA4_SESSION_BACKEND=redis\nTINA4_SESSION_PORT=1";
    const env = `TINA4_RATE_LIMIT=0\nTINA4_WORKERS=2\n${servers}`;
    const { tina4 } = project(test, { ".env": env });
    const rows: { limit: object[] }[] = JSON.parse((await tina4("routes", "--json")).stdout);
    assert.deepEqual(
      rows.slice(0, 3).map(({ limit }) => limit),
      [[], [{ requests: 30, windowSeconds: 60 }], []],
    );
  });

  it("makes no key file and no folder, and ends although the project left a timer", async (test) => {
    const { root, tina4 } = project(test, { "src/routes/timer.ts": "setInterval(() => {}, 1000);" });
    assert.equal((await tina4("routes")).code, 0);
    assert.deepEqual([existsSync(join(root, "secrets")), existsSync(join(root, "data"))], [false, false]);
  });

  it("fails as a start would when a route contradicts itself", async (test) => {
    const route = 'import { get } from "tina4-ts";\nget("/a", () => "a").noAuth().role("admin");';
    const { tina4 } = project(test, { "src/routes/bad.ts": route });
    const { code, stdout, stderr } = await tina4("routes");
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /^GET \/a \(\S*src\/routes\/bad\.ts:2\): /);
  });
});

describe("tina4 routes --public-writes", { skip, concurrency: 2 }, () => {
  const allowing = (...publicWrites: readonly string[]) => ({ "tina4.allow.json": JSON.stringify({ publicWrites }) });

  it("exits with 1 and names each public write that is not allowed", async (test) => {
    const { tina4 } = project(test, allowing("POST /hooks"));
    const { code, stdout, stderr } = await tina4("routes", "--public-writes");
    assert.equal(code, 1);
    assert.deepEqual(stderr.trimEnd().split("\n"), [
      "POST /api/login (src/routes/all.ts:3) is open to strangers and not in tina4.allow.json.",
      "Without .noAuth() a route asks for a Bearer token. Where strangers are meant to write, say so:",
      '  {"publicWrites":["POST /api/login","POST /hooks"]}',
      "is what tina4.allow.json holds when each of these is meant.",
    ]);
    assert.doesNotMatch(stdout, /\/hello|\/users/);
  });

  it("exits with 1 when nothing is allowed", async (test) => {
    const { tina4 } = project(test);
    assert.equal((await tina4("routes", "--public-writes")).code, 1);
  });

  it("exits with 0 when all are allowed, and names what need not be", async (test) => {
    const { tina4 } = project(test, allowing("POST /api/login", "POST /hooks", "POST /api/users/{id:int}"));
    const { code, stderr } = await tina4("routes", "--public-writes");
    assert.equal(code, 0);
    assert.equal(stderr, "POST /api/users/{id:int} is in tina4.allow.json and no public write. Remove it there.\n");
  });

  it("counts no write as public that an API key or a role guards, and each that only seems to be guarded", async (test) => {
    const routes = [
      'import { group, post, requireApiKey, requireRole } from "tina4-ts";',
      'import { partnerKey } from "../middleware/partner-key.ts";',
      'group("/keys", { middleware: requireApiKey() }, () => void post("/write", () => "").noAuth());',
      'post("/named", () => "").noAuth().middleware("partnerKey");',
      'post("/listed", () => "").noAuth().middleware(partnerKey);',
      'post("/role", () => "").noAuth().middleware(requireRole("admin"));',
      'post("/wrapped", () => "").noAuth().middleware((request, response, next) => partnerKey(request, response, next));',
      'post("/both", () => "").middleware(partnerKey);',
    ];
    const { tina4 } = project(test, {
      "src/routes/all.ts": routes,
      "src/middleware/partner-key.ts": [
        'import { requireApiKey } from "tina4-ts";',
        "export const partnerKey = requireApiKey({ find: () => null });",
      ],
    });
    const { code, stderr } = await tina4("routes", "--public-writes");
    assert.equal(code, 1);
    assert.deepEqual(
      stderr.split("\n").filter((line) => line.includes("is open to strangers")),
      ["POST /wrapped (src/routes/all.ts:7) is open to strangers and not in tina4.allow.json."],
    );
    const rows = (await tina4("routes")).stdout.trim().split("\n").slice(1);
    assert.deepEqual(
      rows.map((row) => row.split(/ {2,}/).slice(1, 3)),
      [
        ["/keys/write", "API key"],
        ["/named", "API key"],
        ["/listed", "API key"],
        ["/role", "role admin"],
        ["/wrapped", "public"],
        ["/both", "bearer API key"],
      ],
    );
  });

  it("allows nothing by a file that it cannot read", async (test) => {
    for (const content of [
      "",
      "[]",
      '{ "publicWrites": "POST /hooks" }',
      '{ "publicWrites": [], "more": 1 }',
      '{ "publicWrites": [1] }',
    ]) {
      const { tina4 } = project(test, { "tina4.allow.json": content });
      const { code, stderr } = await tina4("routes", "--public-writes");
      assert.equal(code, 1, content);
      assert.match(stderr, /^tina4\.allow\.json cannot be read\. Write \{ "publicWrites"/, content);
    }
  });
});
