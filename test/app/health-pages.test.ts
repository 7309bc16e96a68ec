import assert from "node:assert/strict";
import { after, before, describe, it, type TestContext } from "node:test";
import type { Application } from "../../src/app/application.ts";
import { Database } from "../../src/database/database.ts";
import { FakeClock } from "../../src/testing/fake-clock.ts";
import { type RedisServer, startRedis } from "../rate-limit/redis-server.ts";
import { newApp, TEST_SECRET } from "./test-app.ts";

const STRANGER = "198.51.100.7";

async function ask(app: Application, path: string, request: object = {}) {
  const answer = await app.dispatch({ path, remoteAddress: STRANGER, headers: { Host: "localhost" }, ...request });
  return { status: answer.status, headers: answer.headers, body: await answer.text() };
}

function open(test: TestContext, ...args: Parameters<typeof newApp>) {
  const opened = newApp({ TINA4_SESSION_BACKEND: "memory", ...args[0] }, args[1]);
  test.after(() => opened.app.close());
  return opened;
}

describe("/health and /health/ready", () => {
  for (const path of ["/health", "/health/ready"]) {
    it(`${path} tells strangers one word, which nobody keeps`, async (test) => {
      const { app, log } = open(test);
      const { status, headers, body } = await ask(app, path);
      assert.deepEqual([status, body], [200, '{"status":"ok"}']);
      assert.equal(headers.get("Cache-Control"), "no-store");
      assert.equal(headers.get("X-Content-Type-Options"), "nosniff");
      assert.deepEqual(log.entries, []);
    });

    it(`${path} answers HEAD without a body`, async (test) => {
      const { status, body } = await ask(open(test).app, path, { method: "HEAD" });
      assert.deepEqual([status, body], [200, ""]);
    });

    it(`${path} is not there with TINA4_HEALTH=false`, async (test) => {
      assert.equal((await ask(open(test, { TINA4_HEALTH: false }).app, path)).status, 404);
    });

    it(`${path} is not counted by a rate limit, and gives way to a route of the same path alone`, async (test) => {
      const { app } = open(test, { TINA4_RATE_LIMIT: 1 });
      app.get("/{page:path}", () => "a page");
      for (const _ of [1, 2, 3]) assert.equal((await ask(app, path)).body, '{"status":"ok"}');
      const { app: other } = open(test);
      other.get(path, () => "mine");
      assert.equal((await ask(other, path)).body, "mine");
    });

    it(`${path} refuses a Host that is not ours, as everything does`, async (test) => {
      const { app } = open(test, { TINA4_ALLOWED_HOSTS: "shop.example,10.0.0.5" });
      assert.equal((await ask(app, path)).status, 400);
      assert.equal((await ask(app, path, { headers: { Host: "10.0.0.5:7148" } })).status, 200);
    });
  }

  it("is for reading only", async (test) => {
    assert.equal((await ask(open(test).app, "/health", { method: "POST" })).status, 404);
  });

  it("is not ready while the application stops, and lives on", async (test) => {
    const { app } = open(test);
    let finish: () => void = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const began = new Promise<void>((resolve) => {
      app.get("/slow", async () => {
        resolve();
        await finished;
        return "done";
      });
    });
    const { port } = await app.listen({ port: 0, host: "127.0.0.1" });
    const ready = async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).status;
    assert.equal(await ready(), 200);
    const slow = fetch(`http://127.0.0.1:${port}/slow`);
    await began;
    const closed = app.close({ delayMs: 300 });
    const late = await fetch(`http://127.0.0.1:${port}/health/ready`);
    assert.deepEqual([late.status, await late.json()], [503, { status: "unavailable" }]);
    assert.equal((await fetch(`http://127.0.0.1:${port}/health`)).status, 200);
    finish();
    assert.equal(await (await slow).text(), "done");
    await closed;
    await assert.rejects(ready());
  });

  it("asks a database that the settings name, and one that is in use", async (test) => {
    const { app, log } = open(test, { TINA4_DATABASE_URL: `sqlite:${import.meta.filename}/app.db` });
    assert.deepEqual((await ask(app, "/health/ready")).status, 503);
    assert.match(JSON.stringify(log.entries), /"check":"database".*does not answer/);
    const { app: other } = open(test);
    new Database({ url: "sqlite::memory:", pools: other.backends.databases });
    assert.equal((await ask(other, "/health/ready")).status, 200);
  });

  it("shows a developer on this machine what was asked, and nobody else", async (test) => {
    const clock = new FakeClock();
    const { app } = open(test, { TINA4_DEBUG: true, SECRET: TEST_SECRET }, { now: clock.now });
    const mine = JSON.parse((await ask(app, "/health/ready", { remoteAddress: "127.0.0.1" })).body);
    assert.deepEqual(
      mine.checks.map(({ name, status }: Record<string, unknown>) => [name, status]),
      [
        ["sessions", "ok"],
        ["rate counters", "ok"],
        ["database", "ok"],
      ],
    );
    assert.equal(mine.checks[0].since, new Date(clock.now()).toISOString());
    assert.equal((await ask(app, "/health/ready")).body, '{"status":"ok"}');
    const forwarded = { remoteAddress: "127.0.0.1", headers: { Host: "localhost", "X-Forwarded-For": STRANGER } };
    assert.equal((await ask(app, "/health/ready", forwarded)).body, '{"status":"ok"}');
  });
});

const started = await startRedis();
const skip = typeof started === "string" && started;

describe("/health/ready and a server that goes away", { skip }, () => {
  let server: RedisServer;

  before(() => {
    server = started as RedisServer;
  });

  after(() => server.stop());

  for (const [what, backend] of [
    ["sessions", { TINA4_SESSION_BACKEND: "redis" }],
    ["rate counters", { TINA4_RATE_BACKEND: "redis" }],
  ] as const) {
    it(`is 503 while the server of the ${what} is away, and 200 again, while /health stays 200`, async (test) => {
      const clock = new FakeClock();
      const url = `redis://127.0.0.1:${server.port}`;
      const urls = { TINA4_RATE_URL: url, ...("TINA4_SESSION_BACKEND" in backend && { TINA4_SESSION_URL: url }) };
      let elapsed = 0;
      const { app, log } = open(test, { ...urls, ...backend }, { now: clock.now, monotonicNow: () => elapsed });
      const ready = async (): Promise<number> => {
        elapsed += 1000;
        return (await ask(app, "/health/ready")).status;
      };
      assert.equal(await ready(), 200);
      await server.stop();
      assert.deepEqual([await ready(), (await ask(app, "/health")).status], [503, 200]);
      assert.doesNotMatch((await ask(app, "/health/ready")).body, /redis|sessions|rate/);
      server = (await startRedis(server.port)) as RedisServer;
      const end = performance.now() + 10_000;
      while ((await ready()) === 503 && performance.now() < end) await new Promise((resolve) => setImmediate(resolve));
      assert.equal(await ready(), 200);
      const told = log.entries.filter(({ check }) => check === what).map(({ level }) => level);
      assert.deepEqual(told, ["warn", "info"], "each change once");
    });
  }
});
