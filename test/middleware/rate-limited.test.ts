import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rateLimitError, rateLimited, showTighterLimit } from "../../src/middleware/rate-limited.ts";
import { newExchange } from "../pipeline/new-exchange.ts";

const NAMES = ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"];

describe("showTighterLimit", () => {
  it("shows the limit with the fewest places left, and of two with as many the one that is shown already", () => {
    const { response } = newExchange();
    const shown = (): unknown[] => NAMES.map((name) => response.getHeader(name));
    showTighterLimit(response, { limit: 9, remaining: 5, reset: 60 });
    assert.deepEqual(shown(), ["9", "5", "60"]);
    for (const remaining of [6, 5]) showTighterLimit(response, { limit: 8, remaining, reset: 50 });
    assert.deepEqual(shown(), ["9", "5", "60"]);
    showTighterLimit(response, { limit: 7, remaining: 4, reset: 40 });
    assert.deepEqual(shown(), ["7", "4", "40"]);
  });
});

describe("the answer to a client that came too often", () => {
  const spent = { limit: 7, remaining: 0, reset: 1 };

  it("says in words, in its body and in a header how long to wait", () => {
    const { status, code, message, headers, details } = rateLimited(spent);
    assert.deepEqual([status, code], [429, "RATE_LIMITED"]);
    assert.equal(message, "Rate limit exceeded. Try again in 1 second.");
    assert.deepEqual([headers, details], [{ "Retry-After": "1" }, { retry_after: 1 }]);
  });

  it("shows its limit also where it is thrown", () => {
    const { status, code, headers } = rateLimitError(spent);
    assert.deepEqual([status, code], [429, "RATE_LIMITED"]);
    assert.deepEqual(headers, {
      "X-RateLimit-Limit": "7",
      "X-RateLimit-Remaining": "0",
      "X-RateLimit-Reset": "1",
      "Retry-After": "1",
    });
  });
});
