import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rateLimitStep } from "../../src/middleware/limit-rate.ts";
import { throttleLogins } from "../../src/middleware/login-throttle.ts";
import { LoginThrottle } from "../../src/rate-limit/login-throttle.ts";
import { RateLimiter } from "../../src/rate-limit/rate-limiter.ts";
import type { RateStore } from "../../src/rate-limit/rate-store.ts";
import { SlidingWindow } from "../../src/rate-limit/sliding-window.ts";
import { testClient } from "../../src/testing/test-client.ts";
import { newApp } from "../app/test-app.ts";
import { temporaryFolder } from "../files/temporary-folder.ts";
import { newExchange } from "../pipeline/new-exchange.ts";

const now = (): number => 0;

/** A store that several processes share answers later. */
function openShared(rule: ConstructorParameters<typeof SlidingWindow>[0]): RateStore {
  const window = new SlidingWindow(rule, { now, maxClients: 10 });
  return {
    take: async (key) => window.take(key),
    giveBack: async (key, taken) => window.giveBack(key, taken),
  };
}

describe("a store that answers later", () => {
  it("throttles logins: no handler runs before it has answered, nor for whom it refuses", async () => {
    const guard = throttleLogins(new LoginThrottle({ limit: 1, now, sharedStore: openShared }));
    let entered = 0;
    const guess = async (status: number): Promise<void> => {
      const { request, response } = newExchange();
      const answer = guard(request, response, () => {
        entered += 1;
        return response.error("", status);
      });
      const before = entered;
      await answer;
      assert.equal(entered, before + 1);
      for (const depart of response.departures ?? []) await depart();
    };
    await guess(404);
    await guess(401);
    await assert.rejects(guess(401), { status: 429, code: "RATE_LIMITED" });
    assert.equal(entered, 2);
  });

  it("gives middleware the session also where no route is", async (test) => {
    const { app } = newApp({ TINA4_SESSION_BACKEND: "file", TINA4_SESSION_PATH: temporaryFolder({}) });
    app.use((request, response, next) => {
      response.header("X-Name", String(request.session.get("name", "nobody")));
      return next();
    });
    app.get("/set", ({ session }) => session.set("name", "Ada") ?? {});
    const client = await testClient(app);
    test.after(() => client.close());
    const nameAt = async (path: string): Promise<unknown[]> => {
      const { status, headers } = await client.get(path);
      return [status, headers.get("X-Name")];
    };
    assert.deepEqual(
      [await nameAt("/set"), await nameAt("/nothing")],
      [
        [200, "nobody"],
        [404, "Ada"],
      ],
    );
  });
});

describe("several limits", () => {
  for (const limits of [
    [5, 2],
    [2, 5],
  ]) {
    it(`show the one with the fewest places left: ${limits}`, async () => {
      const step = rateLimitStep(limits.map((limit) => new RateLimiter({ limit, now })));
      const { request, response } = newExchange();
      assert.equal(await step?.(request, response), undefined);
      assert.equal(response.getHeader("X-RateLimit-Limit"), "2");
      assert.equal(response.getHeader("X-RateLimit-Remaining"), "1");
    });
  }
});

describe("a refusal by a limit", () => {
  it("says how long to wait, also where that is one second", async () => {
    let time = 0;
    const step = rateLimitStep([new RateLimiter({ limit: 1, windowSeconds: 2, now: () => time })]);
    const messages = [];
    for (const at of [0, 0, 1000]) {
      time = at;
      const { request, response } = newExchange();
      const refusal = await step?.(request, response);
      messages.push(refusal && "message" in refusal ? refusal.message : undefined);
    }
    assert.deepEqual(messages, [
      undefined,
      "Rate limit exceeded. Try again in 2 seconds.",
      "Rate limit exceeded. Try again in 1 second.",
    ]);
  });
});
