import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rateLimitOf } from "../../src/middleware/rate-limit-of.ts";

describe("rateLimitOf", () => {
  it("reads the number that stands after the name of a limit", () => {
    assert.equal(rateLimitOf("RateLimiter:30"), 30);
    assert.equal(rateLimitOf("RateLimiterMiddleware:999999999"), 999_999_999);
  });

  it("finds none in anything else, whatever stands after its colon", () => {
    class RateLimiter {}
    for (const entry of ["RateLimiter", "RateLimiterX", ":30", "LoginThrottle:5", "Own:RateLimiter:5"]) {
      assert.equal(rateLimitOf(entry), undefined, entry);
    }
    assert.equal(rateLimitOf(RateLimiter), undefined);
    assert.equal(
      rateLimitOf((_request, response) => response),
      undefined,
    );
  });

  it("refuses what is no whole number of 1 to 999999999, and shows the entry", () => {
    for (const text of ["", "0", "-1", "1.5", "1e3", "05", "x5", "5x", "5:6", "1000000000", "５"]) {
      assert.throws(() => rateLimitOf(`RateLimiter:${text}`), {
        code: "MIDDLEWARE_INVALID",
        message: `"RateLimiter:${text}": after the colon stands a whole number of requests, 1 or more.`,
      });
    }
  });
});
