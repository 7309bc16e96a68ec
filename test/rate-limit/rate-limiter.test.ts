import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RateLimiter, type RateLimiterOptions } from "../../src/rate-limit/rate-limiter.ts";
import type { RateRule } from "../../src/rate-limit/rate-rule.ts";
import { SlidingWindow } from "../../src/rate-limit/sliding-window.ts";

describe("RateLimiter", () => {
  it("lets a hundred requests pass in sixty seconds unless it is told otherwise", () => {
    const limiter = new RateLimiter({ now: () => 0 });
    const decisions = Array.from({ length: 101 }, () => checkNow(limiter, "203.0.113.9"));
    assert.deepEqual(decisions[0], { allowed: true, limit: 100, remaining: 99, reset: 60, takenAt: 0 });
    assert.equal(decisions[99]?.allowed, true);
    assert.equal(decisions[100]?.allowed, false);
  });

  it("answers at once when the counters are in this process", () => {
    assert.equal(new RateLimiter().check("a") instanceof Promise, false);
  });

  it("lets no client through twice as often by keys that only look alike", () => {
    const limiter = new RateLimiter({ limit: 1 });
    assert.deepEqual(
      ["a", "a", "b", "b", "a"].map((key) => checkNow(limiter, key).allowed),
      [true, false, true, false, false],
    );
  });

  it("gives a place back", () => {
    const limiter = new RateLimiter({ limit: 1 });
    limiter.giveBack("a", checkNow(limiter, "a"));
    assert.equal(checkNow(limiter, "a").allowed, true);
  });

  it("shares counters by its scope, limit and window through a shared store", async () => {
    const opened: RateRule[] = [];
    const now = () => 0;
    const sharedStore = (rule: RateRule) => {
      opened.push(rule);
      return new SlidingWindow(rule, { now, maxClients: 10 });
    };
    const limiter = new RateLimiter({ limit: 5, windowSeconds: 10, scope: "api", sharedStore, now });
    assert.equal((await limiter.check("a")).remaining, 4);
    assert.deepEqual(opened, [{ limit: 5, windowSeconds: 10, scope: "api" }]);
  });

  it("falls back to this process, or refuses, while its shared store is down", async () => {
    const down = async () => {
      throw new Error("down");
    };
    const options = { limit: 1, sharedStore: () => ({ take: down, giveBack: down }), now: () => 0 };
    const local = new RateLimiter(options);
    assert.deepEqual([(await local.check("a")).allowed, (await local.check("a")).allowed], [true, false]);
    const strict = new RateLimiter({ ...options, onStoreDown: "refuse" });
    await assert.rejects(async () => strict.check("a"), { status: 503, code: "STORE_UNAVAILABLE" });
  });

  it("tells when its shared store fails, and when that answers again", async () => {
    const clock = { time: 0 };
    const told: unknown[] = [];
    const error = new Error("down");
    const limiter = new RateLimiter({
      sharedStore: (rule) => {
        const window = new SlidingWindow(rule, { now: () => clock.time, maxClients: 10 });
        return {
          take: async (key) => (clock.time === 0 ? Promise.reject(error) : window.take(key)),
          giveBack: (key, taken) => window.giveBack(key, taken),
        };
      },
      onStoreError: (fault) => told.push(fault),
      onStoreBack: () => told.push("back"),
      now: () => clock.time,
    });
    await limiter.check("a");
    assert.deepEqual(told, [error]);
    clock.time = 1000;
    await limiter.check("a");
    assert.deepEqual(told, [error, "back"]);
  });

  it("refuses a limit, window, scope or number of clients that cannot be kept", () => {
    const wrong: RateLimiterOptions[] = [
      ...[0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1_000_000_001].map((limit) => ({ limit })),
      ...[0, -60, 0.5, 31_622_401].map((windowSeconds) => ({ windowSeconds })),
      ...["", "a b", "ä", "a\n", "x".repeat(101)].map((scope) => ({ scope })),
      ...[0, 1_000_001].map((maxClients) => ({ maxClients })),
      { limit: "100" as never },
      { onStoreDown: "ignore" as never },
    ];
    for (const options of wrong) {
      const message = new RegExp(`^${Object.keys(options)} must be `);
      assert.throws(() => new RateLimiter(options), { code: "OPTION_INVALID", message }, JSON.stringify(options));
    }
    const smallest = { limit: 1, windowSeconds: 1, scope: "!", maxClients: 1 };
    const largest = { limit: 1_000_000_000, windowSeconds: 31_622_400, scope: "~".repeat(100), maxClients: 1_000_000 };
    for (const options of [smallest, largest]) assert.doesNotThrow(() => new RateLimiter(options));
  });

  it("refuses an option that does not exist, naming the nearest", () => {
    assert.throws(() => new RateLimiter({ limits: 5 } as never), {
      code: "OPTION_UNKNOWN",
      message: /^RateLimiter has no option "limits"\. Did you mean "limit"/,
    });
  });
});

function checkNow(limiter: RateLimiter, key: string) {
  const decision = limiter.check(key);
  assert.ok(!(decision instanceof Promise));
  return decision;
}
