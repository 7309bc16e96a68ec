import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Refusal } from "../../src/errors.ts";
import { rateLimitStep } from "../../src/middleware/limit-rate.ts";
import { RateLimiter } from "../../src/rate-limit/rate-limiter.ts";
import type { OpenRateStore } from "../../src/rate-limit/rate-store.ts";
import { SlidingWindow } from "../../src/rate-limit/sliding-window.ts";
import { testClient } from "../../src/testing/test-client.ts";
import { newApp } from "../app/test-app.ts";
import { newExchange } from "../pipeline/new-exchange.ts";

/** Counts as this process does, and says so later. */
const lateStore: OpenRateStore = (rule) => {
  const window = new SlidingWindow(rule, { now: () => 0, maxClients: 10 });
  return {
    take: async (key) => window.take(key),
    giveBack: async (key, taken) => window.giveBack(key, taken),
  };
};

describe("a limit, whether its store answers at once or later", () => {
  const limiter = (limit: number) => new RateLimiter({ limit, sharedStore: lateStore, now: () => 0 });

  it("is waited for, by itself and among others", async () => {
    for (const limiters of [[limiter(1)], [limiter(5), limiter(1)]]) {
      const step = rateLimitStep(limiters) ?? assert.fail();
      const ask = async () => {
        const { request, response } = newExchange();
        const outcome = (await step(request, response)) as Refusal | undefined;
        return [outcome?.code, response.getHeader("X-RateLimit-Limit"), response.getHeader("X-RateLimit-Remaining")];
      };
      assert.deepEqual(await ask(), [undefined, "1", "0"]);
      assert.deepEqual(await ask(), ["RATE_LIMITED", "1", "0"]);
    }
  });

  it("gets back the place of a request that another refuses", async () => {
    const [outer, inner] = [limiter(3), limiter(1)];
    const step = rateLimitStep([outer, inner]) ?? assert.fail();
    const { request, response } = newExchange();
    for (let count = 0; count < 5; count += 1) await step(request, response);
    assert.equal((await outer.check("127.0.0.1")).remaining, 1);
  });

  it("costs no promise where it counts in this process, alone", () => {
    const step = rateLimitStep([new RateLimiter({ limit: 1, now: () => 0 })]) ?? assert.fail();
    const { request, response } = newExchange();
    assert.equal(step(request, response), undefined);
    assert.equal((step(request, response) as Refusal).code, "RATE_LIMITED");
  });

  it("shows the outer one of two with as many places left", async () => {
    const [outer, inner] = [limiter(3), limiter(2)];
    await outer.check("127.0.0.1");
    const { request, response } = newExchange();
    await (rateLimitStep([outer, inner]) ?? assert.fail())(request, response);
    assert.deepEqual(
      [response.getHeader("X-RateLimit-Limit"), response.getHeader("X-RateLimit-Remaining")],
      ["3", "1"],
    );
  });
});

describe("a session whose store answers later", () => {
  it("is read, saved and ended as one in this process, and its cookie sent where it changes", async (test) => {
    const folder = mkdtempSync(join(tmpdir(), "tina4-late-"));
    test.after(() => rmSync(folder, { recursive: true }));
    const { app } = newApp({ TINA4_SESSION_BACKEND: "file", TINA4_SESSION_PATH: join(folder, "sessions") });
    app.get("/count", ({ session }) => {
      session.set("count", Number(session.get("count", 0)) + 1);
      return { count: session.get("count") };
    });
    app.get("/end", ({ session }) => session.destroy() ?? {});
    const client = await testClient(app);
    test.after(() => client.close());
    const ask = async (path: string) => {
      const answer = await client.get(path);
      const [cookie, ...others] = answer.headers.getSetCookie();
      assert.equal(others.length, 0);
      return [
        await answer.text(),
        cookie?.replace(/^tina4_session=[\w-]+;/, "tina4_session=id;"),
        answer.headers.get("Cache-Control"),
      ];
    };
    const cookie = "tina4_session=id; Path=/; HttpOnly; SameSite=Lax";
    assert.deepEqual(await ask("/count"), ['{"count":1}', cookie, "no-store"]);
    assert.deepEqual(await ask("/count"), ['{"count":2}', undefined, null]);
    assert.match(String((await ask("/end"))[1]), /^tina4_session=; .*Max-Age=0/);
    assert.deepEqual(await ask("/count"), ['{"count":1}', cookie, "no-store"]);
  });
});
