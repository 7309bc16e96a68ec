import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { RawConnection } from "./raw-connection.ts";
import { newApp } from "./test-app.ts";

const REQUEST = "GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n";
/** Longer than any test lasts: what happens within it does not wait for its end. */
const PATIENCE_MS = 60_000;

/** Makes an application that listens, and connections to it on which so many requests were answered. */
async function openApp(test: TestContext, ...requestsBefore: readonly number[]) {
  const { app } = newApp({ TINA4_SESSION_BACKEND: "memory" });
  app.get("/open", () => ({ open: true }));
  const { port } = await app.listen({ port: 0, host: "127.0.0.1" });
  test.after(() => app.close());
  const connections = [];
  for (const requests of requestsBefore) {
    const connection = await RawConnection.open(port);
    for (let request = 0; request < requests; request++) await connection.send(REQUEST).until('{"open":true}');
    connections.push(connection);
  }
  return { app, port, connections };
}

describe("a server that leaves its port to another process", () => {
  it("answers one more request on each connection, and says that it is the last", async (test) => {
    const { app, connections } = await openApp(test, 1, 1);
    const closed = app.close({ patienceMs: PATIENCE_MS });
    await new Promise((resolve) => setImmediate(resolve));
    for (const connection of connections) {
      const [, , last = ""] = (await connection.send(REQUEST).all()).split("HTTP/1.1 ");
      assert.match(last, /^200 OK\r\n[\s\S]*\r\nConnection: close\r\n[\s\S]*\{"open":true\}$/);
    }
    await closed;
  });

  it("takes no new connection meanwhile", async (test) => {
    const { app, port, connections } = await openApp(test, 1);
    const closed = app.close({ patienceMs: PATIENCE_MS });
    await new Promise((resolve) => setImmediate(resolve));
    await assert.rejects(fetch(`http://127.0.0.1:${port}/open`));
    connections[0]?.send(REQUEST);
    await closed;
  });

  it("ends connections on which nothing comes in that time", async (test) => {
    const { app, connections } = await openApp(test, 1);
    await app.close({ patienceMs: 20 });
    assert.equal((await connections[0]?.all())?.match(/HTTP\/1\.1/g)?.length, 1);
  });

  it("ends idle connections at once where no other process takes the next ones", async (test) => {
    const { app, connections } = await openApp(test, 1);
    await app.close();
    assert.doesNotMatch((await connections[0]?.all()) ?? "", /Connection: close/i);
  });
});
