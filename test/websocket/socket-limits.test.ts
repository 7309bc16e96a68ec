import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { RawConnection } from "../app/raw-connection.ts";
import { newApp } from "../app/test-app.ts";
import { frame, handshake, openRaw } from "./fixtures/raw-socket.ts";

async function serve(settings: Parameters<typeof newApp>[0]) {
  const { app, log } = newApp({ TINA4_SESSION_BACKEND: "memory", TINA4_RATE_LIMIT: 0, ...settings });
  let open = 0;
  app
    .websocket("/ws", async (socket) => {
      open += 1;
      await socket.closed;
      open -= 1;
    })
    .noAuth();
  app.websocket("/locked", () => undefined);
  const { port } = await app.listen({ port: 0, host: "127.0.0.1" });
  const statusOf = async (path: string, ...headers: readonly string[]): Promise<string> => {
    const connection = await openRaw(port, path, ...headers);
    const text = await connection.until("\r\n\r\n");
    connection.socket.destroy();
    await connection.gone();
    return text.split(" ")[1] ?? "";
  };
  return { app, log, port, statusOf, open: () => open };
}

/** Waits for what is only seen from outside. */
async function until(isSo: () => boolean): Promise<void> {
  for (let count = 0; count < 1_000_000 && !isSo(); count += 1) await turn();
  assert.ok(isSo());
}

describe("how many WebSockets may be open", { timeout: 60_000 }, () => {
  it("is bounded for one client: 429, until it closes one", async () => {
    const { app, port, statusOf, open } = await serve({ TINA4_WS_MAX_PER_CLIENT: 2 });
    const [first] = [await openRaw(port, "/ws"), await openRaw(port, "/ws")];
    assert.equal(await statusOf("/ws"), "429");
    first.send(frame(0x88));
    await first.gone();
    await until(() => open() === 1);
    assert.equal(await statusOf("/ws"), "101");
    await app.close();
  });

  it("is bounded for all: 503 with Retry-After", async () => {
    const { app, port } = await serve({ TINA4_WS_MAX_SOCKETS: 1 });
    await openRaw(port, "/ws");
    const refused = await (await RawConnection.open(port)).send(`${handshake("/ws")}\r\n\r\n`).all();
    assert.match(refused, /^HTTP\/1\.1 503 [\s\S]*\r\nRetry-After: 10\r\n/);
    await app.close();
  });

  it("takes no place for those that are refused", async () => {
    const { app, statusOf } = await serve({ TINA4_WS_MAX_PER_CLIENT: 1 });
    for (let count = 0; count < 5; count += 1) {
      assert.equal(await statusOf("/locked"), "401");
      assert.equal(await statusOf("/ws", "Origin: http://evil.example"), "403");
      assert.equal(await statusOf("/ws", "Sec-WebSocket-Protocol: a, a"), "400");
    }
    assert.equal(await statusOf("/ws"), "101");
    await app.close();
  });

  it("leaves nothing behind of a thousand that are opened and reset", async () => {
    const { app, log, port, statusOf, open } = await serve({ TINA4_WS_MAX_PER_CLIENT: 20 });
    await statusOf("/ws");
    await until(() => open() === 0);
    const before = process.getActiveResourcesInfo().length;
    for (let round = 0; round < 100; round += 1) {
      const clients = await Promise.all(Array.from({ length: 10 }, () => openRaw(port, "/ws")));
      for (const [index, { socket }] of clients.entries()) {
        if (index % 2 === 0) socket.resetAndDestroy();
        else socket.destroy();
      }
      await until(() => open() === 0);
    }
    await until(() => process.getActiveResourcesInfo().length <= before);
    assert.equal(await statusOf("/ws"), "101");
    assert.deepEqual(
      log.entries.filter(({ level }) => level === "error"),
      [],
    );
    await app.close();
  });

  it("leaves no place taken by clients that go in the middle of the handshake", async () => {
    const { app, port, statusOf } = await serve({ TINA4_WS_MAX_PER_CLIENT: 1 });
    for (let count = 0; count < 50; count += 1) {
      const connection = await RawConnection.open(port);
      connection.send(count % 2 === 0 ? handshake("/ws") : `${handshake("/ws")}\r\n\r\n`);
      await turn();
      connection.socket.resetAndDestroy();
      await once(connection.socket, "close");
    }
    let status = "429";
    for (let tries = 0; tries < 1000 && status === "429"; tries += 1) status = await statusOf("/ws");
    assert.equal(status, "101");
    await app.close();
  });

  it("counts requests for one like all others in the rate limit", async () => {
    const { app, statusOf } = await serve({ TINA4_RATE_LIMIT: 2 });
    const statuses = [await statusOf("/ws"), await statusOf("/locked"), await statusOf("/ws"), await statusOf("/none")];
    assert.deepEqual(statuses, ["101", "401", "429", "429"]);
    await app.close();
  });
});
