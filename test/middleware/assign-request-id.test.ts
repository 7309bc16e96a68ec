import assert from "node:assert/strict";
import { it } from "node:test";
import { assignRequestId } from "../../src/middleware/assign-request-id.ts";
import type { Services } from "../../src/middleware/services.ts";
import { newExchange } from "../pipeline/new-exchange.ts";

it("assignRequestId counts its requests behind a prefix of its own, and takes no number for those that bring a name", () => {
  const step = assignRequestId({} as Services) ?? assert.fail();
  const nameOf = (sent?: string): string => {
    const { request, response } = newExchange();
    if (sent !== undefined) request.raw.headers["x-request-id"] = sent;
    step(request, response);
    return request.id;
  };
  const [first, given, second] = [nameOf(), nameOf("abcdefgh"), nameOf("short")];
  const [, prefix] = /^([\w-]{8})-1$/.exec(first) ?? assert.fail(first);
  assert.deepEqual([given, second], ["abcdefgh", `${prefix}-2`]);
});
