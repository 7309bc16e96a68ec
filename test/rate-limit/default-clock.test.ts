import assert from "node:assert/strict";
import { it } from "node:test";
import { RateLimiter } from "../../src/rate-limit/rate-limiter.ts";

it("RateLimiter goes by the system's clock, unless it is given another", async (test) => {
  test.mock.timers.enable({ apis: ["Date"], now: 1_700_000_000_000 });
  const limiter = new RateLimiter({ limit: 1, windowSeconds: 60 });
  const isAllowed = async (): Promise<boolean> => (await limiter.check("203.0.113.9")).allowed;
  const seen = [await isAllowed()];
  for (const seconds of [59, 1]) {
    test.mock.timers.setTime(Date.now() + seconds * 1000);
    seen.push(await isAllowed());
  }
  assert.deepEqual(seen, [true, false, true]);
});
