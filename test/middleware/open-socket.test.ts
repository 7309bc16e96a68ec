import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { openSocket } from "../../src/middleware/open-socket.ts";
import type { PlannedSocket } from "../../src/middleware/planner.ts";
import type { Services } from "../../src/middleware/services.ts";
import { testClient } from "../../src/testing/test-client.ts";
import type { WebSocketHandler } from "../../src/websocket/websocket-handler.ts";
import { newApp } from "../app/test-app.ts";
import { newExchange } from "../pipeline/new-exchange.ts";

describe("openSocket", () => {
  async function open(test: TestContext, handler: WebSocketHandler) {
    const { app, log } = newApp({ TINA4_SESSION_BACKEND: "memory" });
    app.websocket("/ws/{token}", handler).noAuth();
    const client = await testClient(app);
    test.after(() => client.close());
    const logged = (): unknown[] => log.entries.map(({ message, target, ip }) => [message, target, ip]);
    return { client, logged };
  }

  it("opens nothing for a client that has left, and leaves nothing to be ended", async () => {
    const planned = { route: { handler: assert.fail, limits: {}, protocols: [] }, layers: [] };
    const step = openSocket({} as Services, planned as unknown as PlannedSocket) ?? assert.fail();
    const { request, response } = newExchange();
    request.raw.socket.destroy();
    await step(request, response);
    assert.equal(response.protocolSwitch?.([]), null);
  });

  it("logs what a handler throws with request and address, and without what is secret in its target", async (test) => {
    const { client, logged } = await open(test, () => Promise.reject(new Error("boom")));
    const socket = await client.websocket("/ws/MARKER");
    assert.deepEqual(await socket.closed, { code: 1011, reason: "internal error" });
    assert.deepEqual(logged(), [["websocket handler failed", "/ws/[redacted]", "127.0.0.1"]]);
  });

  it("logs nothing where a handler only stops because its connection has closed", async (test) => {
    let isStopped = false;
    const { client, logged } = await open(test, async ({ closed, signal }) => {
      await closed;
      isStopped = true;
      signal.throwIfAborted();
    });
    await (await client.websocket("/ws/a")).close();
    await client.app.close();
    assert.equal(isStopped, true);
    assert.deepEqual(logged(), []);
  });

  it("closes a connection whose handler has left the loop over its messages", async (test) => {
    const { client } = await open(test, async (socket) => {
      for await (const message of socket) if (message === "enough") break;
    });
    const socket = await client.websocket("/ws/a");
    await socket.send("enough");
    assert.deepEqual(await socket.closed, { code: 1000, reason: "" });
  });

  it("says of a message that it was not sent where its connection is lost, whatever Node.js says of the write", async (test) => {
    const sent: boolean[] = [];
    const { client } = await open(test, async (socket, { raw }) => {
      const sending = socket.send("late");
      Object.defineProperty(raw.socket, "destroyed", { value: true, configurable: true });
      sent.push(await sending);
      Reflect.deleteProperty(raw.socket, "destroyed");
      sent.push(await socket.send("in time"));
    });
    const socket = await client.websocket("/ws/a");
    await socket.next();
    await socket.next();
    await socket.close();
    assert.deepEqual(sent, [false, true]);
  });
});
