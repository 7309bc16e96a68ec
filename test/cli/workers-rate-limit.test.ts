import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { startRedis } from "../rate-limit/redis-server.ts";
import { skip as unbuilt } from "./fixtures/built-package.ts";
import { serveWorkers, type Version, workersListen } from "./fixtures/worker-project.ts";

const LIMIT = 20;

const redis = await startRedis();
const skip = unbuilt || (typeof redis === "string" && redis);

describe("a rate limit in Redis", { skip }, () => {
  after(async () => {
    if (typeof redis !== "string") await redis.stop();
  });

  it("lets its number pass in four workers together, over HTTP (R14)", async (test) => {
    const port = typeof redis === "string" ? 0 : redis.port;
    const { command } = serveWorkers(test, 4, {}, [], {
      TINA4_RATE_LIMIT: String(LIMIT),
      TINA4_RATE_BACKEND: "redis",
      TINA4_RATE_URL: `redis://127.0.0.1:${port}`,
    });
    const url = await workersListen(command, 4);
    const ask = () => fetch(`${url}/version`, { headers: { Connection: "close" } });
    const answers = await Promise.all(Array.from({ length: 120 }, ask));
    const passed = answers.filter(({ status }) => status === 200);
    assert.equal(passed.length, LIMIT);
    assert.equal(answers.filter(({ status }) => status === 429).length, 120 - LIMIT);
    const bodies = await Promise.all(passed.map(async (answer) => (await answer.json()) as Version));
    assert.ok(new Set(bodies.map(({ pid }) => pid)).size > 1, "more than one worker answered");
  });
});
