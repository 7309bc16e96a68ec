import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, describe, it } from "node:test";
import type { RawConnection } from "../app/raw-connection.ts";
import { newApp } from "../app/test-app.ts";
import { closeFrame, frame, openRaw } from "../websocket/fixtures/raw-socket.ts";

const PIECE = frame(0, "a");
const FIRST_PIECE = frame(1, "a");
const MAX_BYTES = 32 * 1_048_576;

describe("floods over a WebSocket", { timeout: 60_000 }, () => {
  const { app } = newApp({ TINA4_SESSION_BACKEND: "memory", TINA4_RATE_LIMIT: 0 });
  let received = 0;
  app.websocket("/ws", (socket) => socket.onMessage(() => (received += 1)), { noAuth: true, maxMessageBytes: 100_000 });
  app.websocket("/stuck", (socket) => socket.onMessage(() => new Promise(() => undefined)), {
    ...{ noAuth: true, messagesPerSecond: 100_000, maxMessageBytes: 10_485_760 },
  });
  let port = 0;
  before(async () => {
    ({ port } = await app.listen({ port: 0, host: "127.0.0.1" }));
  });
  after(() => app.close());

  /** Sends as fast as the server reads, until it closes or all is sent. */
  async function pour({ socket }: RawConnection, piece: string, bytes: number): Promise<void> {
    const chunk = Buffer.from(piece.repeat(Math.ceil(65_536 / piece.length)), "latin1");
    for (let sent = 0; sent < bytes && socket.writable; sent += chunk.length) {
      if (!socket.write(chunk)) await Promise.race([once(socket, "drain"), once(socket, "close")]);
    }
  }

  it("V08: a message of 100,000 pieces of one byte is closed with 1008", async () => {
    const client = await openRaw(port, "/ws");
    await client.send(FIRST_PIECE + PIECE.repeat(99_999)).until(closeFrame(1008, ""));
    await client.gone();
    assert.equal(received, 0);
  });

  for (const [name, piece, code] of [
    ["without bytes", frame(0), 1008],
    ["of one byte", PIECE, 1008],
    ["of a thousand bytes", frame(0, "a".repeat(1000)), 1009],
  ] as const) {
    it(`V08: a message that never ends, in pieces ${name}, is closed with ${code} and takes no memory`, async () => {
      const client = await openRaw(port, "/ws");
      const before = process.memoryUsage().arrayBuffers;
      client.send(FIRST_PIECE);
      await pour(client, piece, 64 * 1_048_576);
      await client.until(closeFrame(code, ""));
      const grown = process.memoryUsage().arrayBuffers - before;
      assert.ok(grown < MAX_BYTES, `${grown} bytes`);
      client.socket.destroy();
    });
  }

  it("closes with 1009 by the length that a frame announces, before its bytes come", async () => {
    const client = await openRaw(port, "/ws");
    await client.send("\x82\xff\0\0\0\x7f\xff\xff\xff\xff\0\0\0\0").until(closeFrame(1009, ""));
    client.socket.destroy();
  });

  it("has a client wait whose messages are not taken, and keeps a few of them", async () => {
    const client = await openRaw(port, "/stuck");
    const before = process.memoryUsage().arrayBuffers;
    const message = frame(0x82, "a".repeat(60_000));
    client.send(message.repeat(1000));
    for (let turn = 0; turn < 2000; turn += 1) await new Promise(setImmediate);
    assert.ok(client.socket.writableLength > 0, "the client has to wait");
    const grown = process.memoryUsage().arrayBuffers - before - client.socket.writableLength;
    assert.ok(grown < MAX_BYTES, `${grown} bytes`);
    client.socket.destroy();
  });
});
