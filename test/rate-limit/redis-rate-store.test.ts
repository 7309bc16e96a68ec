import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { RedisRateStore } from "../../src/rate-limit/redis-rate-store.ts";
import type { RedisScripting } from "../../src/redis/redis-scripting.ts";
import { rateStoreContract } from "../contracts/rate-store.ts";
import { connectRedis, type RedisConnection, startRedis } from "./redis-server.ts";

const SECONDS_60 = { scope: "test", limit: 2, windowSeconds: 60 };
const PROCESS = fileURLToPath(new URL("./redis-process.ts", import.meta.url));

const server = await startRedis();
const skip = typeof server === "string" && server;

rateStoreContract("RedisRateStore", (rule, now) => new RedisRateStore(atTime(now), rule, freshKeys()), {
  skip,
  runs: 15,
});

describe("RedisRateStore", { skip }, () => {
  it("reads the clock of the Redis server", async () => {
    const store = new RedisRateStore(redis, SECONDS_60, freshKeys());
    const [seconds] = (await redis.call("TIME")) as [string];
    const { takenAt } = await store.take("a");
    assert.ok(Math.abs(takenAt - 1000 * Number(seconds)) < 10_000);
  });

  it("lets four processes together have no more than the limit", async () => {
    const run = promisify(execFile);
    const args = [...process.execArgv.filter((arg) => !arg.startsWith("--test")), PROCESS, String(port()), "25"];
    const runs = await Promise.all(Array.from({ length: 4 }, () => run(process.execPath, args)));
    assert.equal(
      runs.map(({ stdout }) => Number(stdout)).reduce((sum, passed) => sum + passed),
      10,
    );
  });

  it("names a key by prefix, scope and hash, and lets it expire with the window", async () => {
    const store = new RedisRateStore(redis, { ...SECONDS_60, scope: "named" }, keysUnder("p:"));
    await store.take("zoe@example.com\r\n".repeat(1000));
    const [key = "", ...others] = (await redis.call("KEYS", "p:*")) as string[];
    assert.match(key, /^p:named:[\w-]{43}$/);
    assert.deepEqual(others, []);
    const expiresInMs = Number(await redis.call("PTTL", key));
    assert.ok(expiresInMs > 0 && expiresInMs <= 60_000);
  });

  it("leaves no key behind when all places are given back", async () => {
    const store = new RedisRateStore(redis, SECONDS_60, keysUnder("left:"));
    await store.giveBack("a", await store.take("a"));
    await store.giveBack("a", { allowed: true, limit: 2, remaining: 1, reset: 60, takenAt: Date.now() });
    assert.deepEqual(await redis.call("KEYS", "left:*"), []);
  });

  it("keeps a counter small, however many requests it counts", async () => {
    const rule = { scope: "big", limit: 1_000_000, windowSeconds: 60 };
    let time = 0;
    const store = new RedisRateStore(
      atTime(() => time),
      rule,
      keysUnder("big:"),
    );
    for (time = 0; time < 60_000; time += 100) {
      await store.take("a");
    }
    const [key = ""] = (await redis.call("KEYS", "big:*")) as string[];
    assert.ok(Number(await redis.call("STRLEN", key)) < 2000);
  });

  it("fails when the key holds something else", async () => {
    const store = new RedisRateStore(redis, SECONDS_60, keysUnder("foreign:"));
    await store.take("a");
    const [key = ""] = (await redis.call("KEYS", "foreign:*")) as string[];
    await redis.call("SET", key, "something else");
    await assert.rejects(store.take("a"));
  });
});

describe("RedisRateStore without a server", () => {
  const hanging: RedisScripting = { eval: () => new Promise(() => {}) };

  it("waits for Redis no longer than its timeout", async () => {
    const store = new RedisRateStore(hanging, SECONDS_60, { timeoutMs: 1 });
    await assert.rejects(store.take("a"), { message: "Redis did not answer within 1 ms." });
  });

  it("waits for half a second unless it is told otherwise", async (test) => {
    test.mock.timers.enable({ apis: ["setTimeout"] });
    const store = new RedisRateStore(hanging, SECONDS_60);
    const taking = assert.rejects(store.take("a"), { message: "Redis did not answer within 500 ms." });
    for (let waitedMs = 0; waitedMs < 500; waitedMs += 100) test.mock.timers.tick(100);
    await taking;
  });

  it("takes an answer that came while this process was busy", async () => {
    const later: RedisScripting = {
      eval: () => new Promise((resolve) => setTimeout(resolve, 1, [1, 1, 60_000, 5])),
    };
    const store = new RedisRateStore(later, SECONDS_60, { timeoutMs: 20 });
    const taking = store.take("a");
    const end = performance.now() + 100;
    while (performance.now() < end); // nothing else runs
    assert.equal((await taking).allowed, true);
  });

  it("fails as Redis fails", async () => {
    const error = new Error("connection lost");
    const store = new RedisRateStore({ eval: () => Promise.reject(error) }, SECONDS_60);
    await assert.rejects(store.take("a"), error);
  });

  it("takes no other answer for a decision", async () => {
    for (const answer of [null, "OK", [], [1, 1, 60_000], [1, 1, "60000", 5], [1, 1, 60_000, null]]) {
      const store = new RedisRateStore({ eval: async () => answer }, SECONDS_60);
      await assert.rejects(store.take("a"), { message: "Redis gave no decision about a rate limit." });
    }
  });
});

let redis: RedisConnection;
let lastPrefix = 0;

before(async () => {
  if (typeof server !== "string") {
    redis = await connectRedis(server.port);
  }
});

after(async () => {
  if (typeof server !== "string") {
    redis.disconnect();
    await server.stop();
  }
});

function port(): number {
  return typeof server === "string" ? 0 : server.port;
}

function freshKeys() {
  lastPrefix++;
  return keysUnder(`test${lastPrefix}:`);
}

/** On a busy machine the server may take its time. */
function keysUnder(prefix: string) {
  return { prefix, timeoutMs: 30_000 };
}

/** Runs the scripts on the real server, but at another time. */
function atTime(now: () => number): RedisScripting {
  return {
    eval(script, keys, args) {
      const milliseconds = now();
      const time = `{ ${Math.floor(milliseconds / 1000)}, ${(milliseconds % 1000) * 1000} }`;
      assert.ok(script.includes('redis.call("TIME")'));
      return redis.eval(script.replace('redis.call("TIME")', time), keys, args);
    },
  };
}
