import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Refusal } from "../../src/errors.ts";
import type { Response } from "../../src/http/response.ts";
import { limitSockets } from "../../src/middleware/limit-sockets.ts";
import type { Planned } from "../../src/middleware/planner.ts";
import type { Services } from "../../src/middleware/services.ts";
import { OpenSockets } from "../../src/websocket/open-sockets.ts";
import { newExchange } from "../pipeline/new-exchange.ts";

/** Asks for places in an application that has so many. */
function openPlaces(maxSockets: number, maxPerClient: number) {
  const services = { sockets: new OpenSockets({ maxSockets, maxPerClient }) } as unknown as Services;
  const step = limitSockets(services, {} as Planned) ?? assert.fail();
  const ask = (address: string): { refusal: Refusal | undefined; response: Response } => {
    const { request, response } = newExchange();
    Object.defineProperty(request, "ip", { value: address });
    return { refusal: step(request, response) as Refusal | undefined, response };
  };
  return { ask };
}

const leave = (response: Response): void => {
  for (const work of response.takeAftermath()) work();
};

describe("limitSockets", () => {
  it("gives a client its places and no more, until one of them is free again", () => {
    const { ask } = openPlaces(100, 2);
    const [first, second, third] = [ask("192.0.2.1"), ask("192.0.2.1"), ask("192.0.2.1")];
    assert.deepEqual([first.refusal, second.refusal], [undefined, undefined]);
    assert.deepEqual([third.refusal?.status, third.refusal?.code], [429, "SOCKETS_FULL"]);
    leave(third.response);
    assert.equal(ask("192.0.2.1").refusal?.code, "SOCKETS_FULL");
    leave(first.response);
    assert.equal(ask("192.0.2.1").refusal, undefined);
  });

  it("counts the addresses of one IPv6 network as one client, and others by themselves", () => {
    const { ask } = openPlaces(100, 1);
    assert.equal(ask("2001:db8:0:1::1").refusal, undefined);
    assert.equal(ask("2001:db8:0:1::2").refusal?.code, "SOCKETS_FULL");
    assert.equal(ask("2001:db8:0:2::1").refusal, undefined);
  });

  it("says when to try again where every place is taken", () => {
    const { ask } = openPlaces(1, 1);
    ask("192.0.2.1");
    const { refusal } = ask("192.0.2.2");
    assert.deepEqual([refusal?.status, refusal?.code, refusal?.headers], [503, "BUSY", { "Retry-After": "10" }]);
  });
});
