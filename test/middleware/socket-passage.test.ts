import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { presentedTickets } from "../../src/middleware/presented-tickets.ts";
import type { MiddlewareFunction } from "../../src/pipeline/middleware.ts";
import { testClient } from "../../src/testing/test-client.ts";
import { newApp } from "../app/test-app.ts";
import { newExchange } from "../pipeline/new-exchange.ts";

const TRUSTED = "https://shop.example";

describe("the steps before a WebSocket", () => {
  async function open(test: TestContext) {
    const { app } = newApp({ TINA4_SESSION_BACKEND: "memory", TINA4_TRUSTED_ORIGINS: TRUSTED });
    const entered: string[] = [];
    const leave: MiddlewareFunction = (request, _response, next) => {
      request.raw.socket.destroy();
      return next();
    };
    app.websocket("/ws", () => void entered.push("/ws"));
    app.websocket("/left", () => void entered.push("/left"), { noAuth: true }).middleware(leave);
    const client = await testClient(app);
    test.after(() => client.close());
    return { app, client, entered };
  }

  it("let a page of a trusted origin in, by what it shows, and no page of another", async (test) => {
    const { app, client, entered } = await open(test);
    const statuses = [];
    for (const origin of [TRUSTED, "https://evil.example", `${TRUSTED}.evil.example`]) {
      const ticket = await app.auth.getSocketTicket({ sub: 1 });
      statuses.push((await client.websocket("/ws", { ticket, origin })).status);
    }
    assert.deepEqual([statuses, entered], [[101, 403, 403], ["/ws"]]);
  });

  it("refuse two tickets, be both good, and spend neither", async (test) => {
    const { app, client } = await open(test);
    const tickets = [await app.auth.getSocketTicket({ sub: 1 }), await app.auth.getSocketTicket({ sub: 1 })] as const;
    const both = await client.websocket(`/ws?ticket=${tickets[0]}`, { ticket: tickets[1] });
    assert.deepEqual([both.status, both.headers.get("WWW-Authenticate")], [401, "Bearer"]);
    for (const ticket of tickets) assert.equal((await client.websocket("/ws", { ticket })).status, 101);
  });

  it("find no ticket among subprotocols that cannot be read", () => {
    const { request } = newExchange();
    const ticketsIn = (header: string): readonly string[] => {
      request.raw.headers["sec-websocket-protocol"] = header;
      return presentedTickets(request);
    };
    assert.deepEqual(ticketsIn("chat, tina4.ticket.abc"), ["abc"]);
    assert.deepEqual(ticketsIn("tina4.ticket.abc, tina4.ticket.abc"), []);
    assert.deepEqual(ticketsIn("tina4.ticket.abc, no token"), []);
  });

  it("open nothing for a client that has left meanwhile", async (test) => {
    const { client, entered } = await open(test);
    await assert.rejects(client.websocket("/left"));
    assert.deepEqual(entered, []);
  });
});
