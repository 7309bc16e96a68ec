import assert from "node:assert/strict";
import { after, afterEach, describe, it, mock } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { newApp } from "../app/test-app.ts";
import { startPostgres } from "../database/postgres/postgres-server.ts";
import { startRedis } from "../rate-limit/redis-server.ts";
import { ask } from "../sessions/fixtures/ask.ts";
import { openApp } from "../sessions/fixtures/open-app.ts";
import { StallingProxy } from "./fixtures/stalling-proxy.ts";

const REQUESTS = 20;
/** Redis is given five seconds; the rest is for a machine that is busy. */
const MOST_SECONDS = 20;
const CONNECTIONS = 3;
const WAVES = 5;
const TICK_MS = 350;
const MAX_TURNS = 500_000;

const redis = await startRedis();
const postgres = await startPostgres();
after(async () => {
  if (typeof redis !== "string") await redis.stop();
  if (typeof postgres !== "string") await postgres.stop();
});

describe("a Redis that takes requests and answers none", { skip: typeof redis === "string" && redis }, () => {
  it("costs who needs it a 503 within seconds, and nobody else a moment; then all goes on", async (test) => {
    const proxy = await StallingProxy.before(typeof redis === "string" ? 0 : redis.port);
    test.after(() => proxy.stop());
    const { url } = await openApp(test, {
      TINA4_SESSION_BACKEND: "redis",
      TINA4_SESSION_URL: `redis://127.0.0.1:${proxy.port}`,
    });
    const { cookie } = await ask(`${url}/session`, { json: { kept: 1 } });
    const timersBefore = timers();

    proxy.stall();
    const startedAt = performance.now();
    let answered = 0;
    const waiting = Array.from({ length: REQUESTS }, () => ask(`${url}/session`, { cookie }).finally(() => answered++));
    for (let request = 0; request < REQUESTS; request += 1) assert.equal((await ask(`${url}/open`)).status, 200);
    assert.equal(answered, 0);
    for (const { status } of await Promise.all(waiting)) assert.equal(status, 503);
    assert.ok(performance.now() - startedAt < MOST_SECONDS * 1000);

    proxy.goOn();
    await until(async () => (await ask(`${url}/session`, { cookie })).status === 200);
    assert.deepEqual((await ask(`${url}/session`, { cookie })).json, { kept: 1 });
    assert.deepEqual([proxy.connections, timers()], [1, timersBefore]);
  });
});

const noPostgres = typeof postgres === "string" && postgres;

describe("a PostgreSQL that takes statements and answers none", { skip: noPostgres }, () => {
  afterEach(() => mock.timers.reset());

  it("costs who needs it a 503, leaves no connection and no half transaction, and all goes on", async (test) => {
    if (typeof postgres === "string") return;
    const database = new URL(await postgres.createDatabase());
    const proxy = await StallingProxy.before(postgres.port);
    test.after(() => proxy.stop());
    database.port = String(proxy.port);
    const { app } = newApp({ TINA4_DATABASE_URL: `${database}?pool=${CONNECTIONS}`, TINA4_RATE_LIMIT: 0 });
    test.after(() => app.close());
    app.get("/open", () => ({ ok: true }));
    app.get("/notes", () => app.database().fetch("SELECT text FROM notes ORDER BY text"));
    app
      .post("/notes", () =>
        app.database().transaction(async (transaction) => {
          for (const text of ["half", "whole"]) await transaction.insert("notes", { text });
          return { ok: true };
        }),
      )
      .noAuth();
    const send = async (method: string, path: string): Promise<number> =>
      (await app.dispatch({ method, path, headers: { Host: "localhost" } })).status;
    await app.database().execute("CREATE TABLE notes (text TEXT)");
    assert.deepEqual([await send("POST", "/notes"), await send("GET", "/notes")], [200, 200]);

    mock.timers.enable({ apis: ["setTimeout"] });
    proxy.stall();
    const statuses: number[] = [];
    for (let wave = 1; wave <= WAVES; wave += 1) {
      for (let request = 0; request < REQUESTS; request += 1) {
        void send(request % 2 === 0 ? "GET" : "POST", "/notes").then((status) => statuses.push(status));
      }
      assert.equal(await send("GET", "/open"), 200);
      await until(() => {
        mock.timers.tick(TICK_MS);
        return statuses.length === wave * REQUESTS;
      });
    }
    // Of the one statement that was on its way nobody knows whether it took effect, so nobody is told to try again.
    assert.deepEqual(statuses.sort(), [500, ...Array(WAVES * REQUESTS - 1).fill(503)]);
    await until(() => proxy.connections === 0);

    mock.timers.reset();
    proxy.goOn();
    await until(async () => (await send("POST", "/notes")) === 200);
    const [notes] = await app.database().fetch("SELECT count(*) AS count, count(DISTINCT text) AS texts FROM notes");
    assert.deepEqual({ ...notes }, { count: 4, texts: 2 });
    assert.ok(proxy.connections <= CONNECTIONS);
  });
});

function timers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let turns = 0; !(await isSo()); turns += 1) {
    assert.ok(turns < MAX_TURNS, "what was waited for did not happen");
    await turn();
  }
}
