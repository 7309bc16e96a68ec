import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Refusal } from "../../src/errors.ts";
import { rateLimitStep } from "../../src/middleware/limit-rate.ts";
import { RateLimiter } from "../../src/rate-limit/rate-limiter.ts";
import { newExchange } from "../pipeline/new-exchange.ts";
import { lateStore } from "../rate-limit/late-store.ts";

const now = (): number => 0;
const CLIENT = "127.0.0.1";

/** Asks once more, and gives the code of a refusal, the limit that is shown, and the places left. */
async function ask(limiters: readonly RateLimiter[]): Promise<readonly unknown[]> {
  const { request, response } = newExchange();
  const refusal = (await rateLimitStep(limiters)?.(request, response)) as Refusal | undefined;
  return [refusal?.code, response.getHeader("X-RateLimit-Limit"), response.getHeader("X-RateLimit-Remaining")];
}

describe("a limit whose store answers later", () => {
  const limiter = (limit: number) => new RateLimiter({ limit, sharedStore: lateStore, now });

  it("is waited for, by itself and among others", async () => {
    for (const limiters of [[limiter(1)], [limiter(5), limiter(1)]]) {
      assert.deepEqual(await ask(limiters), [undefined, "1", "0"]);
      assert.deepEqual(await ask(limiters), ["RATE_LIMITED", "1", "0"]);
    }
  });

  it("gets back the place of a request that another refuses", async () => {
    const [outer, inner] = [limiter(3), limiter(1)];
    for (let count = 0; count < 5; count += 1) await ask([outer, inner]);
    assert.equal((await outer.check(CLIENT)).remaining, 1);
  });

  it("is shown before an inner one with as many places left", async () => {
    const [outer, inner] = [limiter(3), limiter(2)];
    await outer.check(CLIENT);
    assert.deepEqual(await ask([outer, inner]), [undefined, "3", "1"]);
  });
});

describe("a limit that is counted in this process", () => {
  it("costs no promise where it is alone", () => {
    const step = rateLimitStep([new RateLimiter({ limit: 1, now })]) ?? assert.fail();
    const { request, response } = newExchange();
    assert.equal(step(request, response), undefined);
    assert.equal((step(request, response) as Refusal).code, "RATE_LIMITED");
  });

  it("is shown among others where it has the fewest places left", async () => {
    for (const limits of [
      [5, 2],
      [2, 5],
    ]) {
      const limiters = limits.map((limit) => new RateLimiter({ limit, now }));
      assert.deepEqual(await ask(limiters), [undefined, "2", "1"], `${limits}`);
    }
  });

  it("says in its refusal how long to wait, also where that is one second", async () => {
    let time = 0;
    const step = rateLimitStep([new RateLimiter({ limit: 1, windowSeconds: 2, now: () => time })]);
    const messages = [];
    for (const at of [0, 0, 1000]) {
      time = at;
      const { request, response } = newExchange();
      const refusal = (await step?.(request, response)) as Refusal | undefined;
      messages.push(refusal?.message);
    }
    assert.deepEqual(messages, [
      undefined,
      "Rate limit exceeded. Try again in 2 seconds.",
      "Rate limit exceeded. Try again in 1 second.",
    ]);
  });
});
