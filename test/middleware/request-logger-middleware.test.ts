import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Application } from "../../src/app/application.ts";
import type { SettingOverrides } from "../../src/config/load-settings.ts";
import { createLogger } from "../../src/log/create-logger.ts";
import { RequestLoggerMiddleware } from "../../src/middleware/request-logger-middleware.ts";
import { type LogEntry, LogMemory, newApp } from "../app/test-app.ts";
import { newExchange } from "../pipeline/new-exchange.ts";

const PRETTY = /\[RequestLogger\].*/;
const MARKER = "MARKER-6f1d";

/** An application whose every request takes 12.345 milliseconds. */
function timedApp(settings: SettingOverrides = {}): { app: Application; log: LogMemory } {
  let elapsed = 5000.5;
  const monotonicNow = (): number => {
    elapsed += 12.345;
    return elapsed;
  };
  const made = newApp({ TINA4_RATE_LIMIT: 0, ...settings }, { monotonicNow });
  made.app.get("/api/users", () => []);
  made.app.get("/me", () => ({})).secure();
  made.app.get("/fails", () => {
    throw new Error("boom");
  });
  made.app.post("/write", (request, response) => response(request.body, 201)).noAuth();
  return made;
}

async function send(app: Application, path: string, more: object = {}): Promise<Response> {
  return await app.dispatch({ path, headers: { Host: "localhost" }, ...more });
}

const requestLines = ({ entries }: LogMemory): LogEntry[] => entries.filter(({ message }) => message === "request");
const shortLines = (log: LogMemory): unknown[] =>
  requestLines(log).map(({ method, target, status }) => `${method} ${target} ${status}`);
const prettyLines = ({ lines }: LogMemory): string[] => lines.flatMap((line) => PRETTY.exec(line)?.[0] ?? []);

describe("RequestLoggerMiddleware", () => {
  it("writes one readable line", async () => {
    const { app, log } = timedApp({ TINA4_LOG_FORMAT: "pretty" });
    app.use(RequestLoggerMiddleware);
    await send(app, "/api/users");
    assert.deepEqual(prettyLines(log), ["[RequestLogger] GET /api/users -> 200 (12.345ms)"]);
    await app.close();
  });

  it("writes the same as members in JSON, with id and address", async () => {
    const { app, log } = timedApp();
    app.use(RequestLoggerMiddleware);
    const answer = await send(app, "/api/users?page=2", { remoteAddress: "192.0.2.7" });
    const [{ level, time, ...members } = {} as LogEntry] = requestLines(log);
    assert.deepEqual(members, {
      id: answer.headers.get("X-Request-ID"),
      method: "GET",
      target: "/api/users?page=2",
      status: 200,
      durationMs: 12.345,
      ip: "192.0.2.7",
      message: "request",
    });
    assert.equal(level, "info");
    await app.close();
  });

  it("sees every request of the application, by its name too: refused, unrouted, preflight, failed", async () => {
    const { app, log } = timedApp({ TINA4_CORS_ORIGINS: "https://a.example" });
    app.use("RequestLoggerMiddleware");
    const preflight = { Origin: "https://a.example", "Access-Control-Request-Method": "POST", Host: "localhost" };
    await send(app, "/me");
    await send(app, "/nowhere");
    await send(app, "/api/users", { method: "DELETE" });
    await send(app, "/api/users", { method: "OPTIONS", headers: preflight });
    await send(app, "/fails");
    await send(app, "//evil");
    await send(app, "/api/users", { headers: { Host: "localhost", Expect: "tea" } });
    assert.deepEqual(shortLines(log), [
      "GET /me 401",
      "GET /nowhere 404",
      "DELETE /api/users 405",
      "OPTIONS /api/users 204",
      "GET /fails 500",
      "GET //evil 400",
      "GET /api/users 417",
    ]);
    await app.close();
  });

  it("says of a group or a route only what its own requests did, refused ones too", async () => {
    const { app, log } = timedApp();
    app.group("/admin", { middleware: ["RequestLoggerMiddleware"] }, () => {
      app.get("/stats", () => ({})).secure();
    });
    app.get("/logged", () => ({})).middleware(RequestLoggerMiddleware);
    for (const path of ["/admin/stats", "/admin/nothing", "/logged", "/api/users", "/me"]) await send(app, path);
    await send(app, "/logged", { method: "HEAD" });
    assert.deepEqual(shortLines(log), ["GET /admin/stats 401", "GET /logged 200", "HEAD /logged 200"]);
    await app.close();
  });

  it("is known under any name it is registered with, and takes no argument", async () => {
    const { app, log } = timedApp();
    app.middleware.register("Audit", RequestLoggerMiddleware);
    app.get("/audited", () => ({})).middleware("Audit");
    await send(app, "/audited");
    assert.deepEqual(shortLines(log), ["GET /audited 200"]);
    await app.close();
    const { app: other } = timedApp();
    await assert.rejects(other.use("RequestLoggerMiddleware:9").ready(), { code: "MIDDLEWARE_INVALID" });
    await other.close();
  });

  it("is silent, and asks for no time, where nobody registered it", async () => {
    const monotonicNow = (): number => assert.fail("asked for the time");
    const { app, log } = newApp({}, { monotonicNow });
    app.get("/open", () => ({}));
    assert.equal((await send(app, "/open")).status, 200);
    assert.deepEqual(log.lines, []);
    await app.close();
  });

  for (const format of ["json", "pretty"] as const) {
    it(`lets no secret of a client into its line, whatever place it came in: ${format} (M25)`, async () => {
      const { app, log } = timedApp({ TINA4_LOG_FORMAT: format });
      app.use(RequestLoggerMiddleware);
      app.get("/reset/{token}", () => ({}));
      const headers = {
        Host: "localhost",
        Authorization: `Bearer ${MARKER}`,
        Cookie: `tina4_session=${MARKER}`,
        "X-API-Key": MARKER,
        "X-Form-Token": MARKER,
        "X-Request-ID": `<${MARKER}>`,
        "Content-Type": "application/json",
      };
      const body = JSON.stringify({ password: MARKER, formToken: MARKER });
      const query = `token=${MARKER}&formToken=${MARKER}&pass%77ord=${MARKER}&next=%2Fa%3Fticket%3D${MARKER}`;
      await send(app, `/write?${query}`, { method: "POST", headers, body });
      await send(app, `/reset/${MARKER}?access_token=${MARKER}`, { headers });
      await send(app, `/Cookie:${MARKER}`, { headers });
      await send(app, `/me?api_key=${MARKER}`, { headers });
      assert.equal(log.lines.filter((line) => /-> \d{3} \(|"request"/.test(line)).length, 4);
      assert.doesNotMatch(log.lines.join(""), new RegExp(MARKER));
      await app.close();
    });
  }

  it("keeps status and time readable after a target that looks like the name of a secret", async () => {
    const { app, log } = timedApp({ TINA4_LOG_FORMAT: "pretty" });
    app.use(RequestLoggerMiddleware);
    for (const path of ["/token:", "/x/Cookie:abc", `/token",`, '/a?b=token="c']) await send(app, path);
    const lines = prettyLines(log);
    assert.equal(lines.length, 4);
    for (const line of lines) assert.match(line, /^\[RequestLogger\] GET \S+ -> 404 \(12\.345ms\)$/);
    await app.close();
  });

  it("stays one line without control characters, and bounded, whatever the target holds", async () => {
    const { app, log } = timedApp();
    app.use(RequestLoggerMiddleware);
    await send(app, "/a%0d%0a%1b[31m");
    await send(app, `/${"a".repeat(10_000)}`);
    for (const line of log.lines) {
      assert.equal(line.indexOf("\n"), line.length - 1);
      assert.doesNotMatch(line.slice(0, -1), /\p{Cc}/u);
    }
    assert.deepEqual(
      requestLines(log).map(({ target, status }) => [String(target).length, status]),
      [
        [15, 404],
        [2048, 414],
      ],
    );
    await app.close();
  });

  it("shows no id of a request that has none", () => {
    const log = new LogMemory();
    const { request } = newExchange();
    const logger = createLogger({ level: "info", format: "json", destination: log });
    new RequestLoggerMiddleware({ log: logger, format: "json", monotonicNow: () => 5 }).write(request, 400, 5);
    const [{ time, ...members } = {} as LogEntry] = log.entries;
    const expected = { method: "GET", target: "/", status: 400, durationMs: 0, ip: "127.0.0.1" };
    assert.deepEqual(members, { level: "info", ...expected, message: "request" });
  });
});
