import assert from "node:assert/strict";
import { type AttackRow, inProcess, row } from "../row.ts";
import type { Target } from "../target.ts";

const HOSTILE_MS = 5000;

/** Asks for a guarded path in some spelling: the guard runs, or nobody. */
async function detours(target: Target): Promise<void> {
  const refused = [
    ...["//admin", "/%61dmin", "/x/../admin", "/./admin", "/admin%2f", "/admin%00", "/x/%2e%2e/admin", "/x\\..\\admin"],
  ];
  for (const path of refused) await target.deny("REQUEST_MALFORMED", "GET", path);
  for (const path of ["/admin;x", "/ADMIN", "/admin/"]) await target.deny("NOT_FOUND", "GET", path);
  await target.entered();
  assert.equal((await target.ask("GET", "/admin?x=/open")).status, 401);
  assert.deepEqual(await target.entered(), ["guard"]);
}

async function neighbours(target: Target): Promise<void> {
  await target.entered();
  assert.equal((await target.ask("GET", "/administrator")).status, 200);
  assert.deepEqual(await target.entered(), ["administrator"]);
}

async function oddHeaders(target: Target): Promise<void> {
  await target.entered();
  for (const name of [
    ...["x-middleware-subrequest", "x-middleware-next", "x-original-url", "x-rewrite-url", "x-http-method-override"],
    ...["x-forwarded-prefix", "x-tina4-skip", "x-tina4-user"],
  ]) {
    for (const value of ["1", "/open", "middleware:middleware"]) {
      assert.equal((await target.ask("GET", "/admin", { lines: [`${name}: ${value}`] })).status, 401, name);
      assert.deepEqual(await target.entered(), ["guard"], name);
    }
  }
}

async function early(target: Target): Promise<void> {
  await target.entered();
  for (const status of [200, 204, 302]) {
    assert.equal((await target.ask("GET", `/early?status=${status}`)).status, status);
    assert.deepEqual(await target.entered(), []);
  }
}

async function faultyMiddleware(target: Target): Promise<void> {
  await target.entered();
  await target.deny500("/forgets");
  assert.deepEqual(await target.entered(), []);
  await target.deny500("/twice");
  assert.deepEqual(await target.entered(), ["twice"]);
}

async function guardedGroup(target: Target): Promise<void> {
  await target.entered();
  assert.equal((await target.ask("POST", "/admin/open")).status, 401);
  assert.deepEqual(await target.entered(), ["guard"]);
}

async function hostilePaths(target: Target): Promise<void> {
  const start = performance.now();
  assert.equal((await target.ask("GET", `/echo/${"a-".repeat(5000)}`)).status, 414);
  assert.equal((await target.ask("GET", `/echo${"/-".repeat(3900)}`)).status, 404);
  assert.equal((await target.ask("GET", `/echo/${"-".repeat(7800)}`)).status, 200);
  assert.ok(performance.now() - start < HOSTILE_MS);
}

export const ROUTING_ROWS: readonly AttackRow[] = [
  row("M03", "other spellings of a guarded path", "400, 404, or the guard", detours),
  row("M04", "a path that only begins like a guarded one", "not guarded, not mixed up", neighbours),
  row("M05", "a Host that holds a path", "400", async (target) => {
    for (const host of ["localhost/abc?x", "localhost#x", "user@localhost"]) {
      await target.deny("REQUEST_MALFORMED", "GET", "/open", { lines: [`Host: ${host}`] });
    }
  }),
  row("M07", "headers that skip middleware or rewrite paths elsewhere", "no effect", oddHeaders),
  row("M08", "middleware that answers 200, 204 or 302", "the handler does not run", early),
  inProcess("M10", "a before hook that answers 401 late", "awaited; the handler does not run"),
  row(
    "M11",
    "middleware that forgets to answer, or goes on twice",
    "500; the handler runs once at most",
    faultyMiddleware,
  ),
  inProcess("M12", "a middleware name that nobody has, or a bad argument", "does not start"),
  row("M13", "a route without auth in a guarded group", "the guard runs", guardedGroup),
  inProcess("M14", "a route that is public and secured", "does not start"),
  inProcess("M15", "marks in any order", "the same protection"),
  inProcess("M16", "a second route for one method and path", "does not start"),
  row("M19", "hostile paths of 8 and 10 kB", "answered at once", hostilePaths),
  inProcess("M22", "a thousand clients that leave half-way", "no leak; after hooks run once"),
  row("M25", "credentials and control characters in a request", "one line each, without them", async (target) => {
    const mark = target.logLength;
    const lines = [
      "Authorization: Basic Y29ycmVjdCBob3JzZQ==",
      "X-API-Key: sk_live_aaaaaaaaaaaaaaaa",
      "Cookie: a=secretcookie",
    ];
    await target.deny("TOKEN_INVALID", "GET", "/me?password=secretpassword&x=%0d%0a%1b[31m", { lines });
    const log = (await target.logged(mark, /refused/)).join("\n");
    assert.doesNotMatch(log, /Y29ycmVjdA|sk_live_a|secretcookie|secretpassword/);
    assert.ok(!log.includes("\u001b"));
  }),
];
