import assert from "node:assert/strict";
import { it } from "node:test";
import type { Refusal } from "../../src/errors.ts";
import { checkHandshake } from "../../src/middleware/check-handshake.ts";
import type { Planned } from "../../src/middleware/planner.ts";
import type { Services } from "../../src/middleware/services.ts";
import { newExchange } from "../pipeline/new-exchange.ts";

const GOOD = { "sec-websocket-version": "13", "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==" };

it("checkHandshake lets through what can become a WebSocket, and turns away what cannot", () => {
  const step = checkHandshake({} as Services, {} as Planned) ?? assert.fail();
  const refusalOf = (headers: Record<string, string>): string | undefined => {
    const { request, response } = newExchange();
    Object.assign(request.raw.headers, headers);
    return (step(request, response) as Refusal | undefined)?.code;
  };
  assert.equal(refusalOf(GOOD), undefined);
  assert.equal(refusalOf({ ...GOOD, "sec-websocket-version": "8" }), "UPGRADE_REFUSED");
  assert.equal(refusalOf({ ...GOOD, "sec-websocket-protocol": "a, a" }), "REQUEST_MALFORMED");
});
