import assert from "node:assert/strict";
import { once } from "node:events";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import type { Application } from "../../src/app/application.ts";
import type { SocketClosure, WebSocketConnection } from "../../src/websocket/websocket-connection.ts";
import { type LogMemory, newApp } from "../app/test-app.ts";
import { closeFrame, frame, openRaw } from "./fixtures/raw-socket.ts";

const PING = "\x89\0";
const PONG = frame(0x8a);
/** More than an operating system keeps for a client that does not read. */
const MUCH = "a".repeat(16 * 1_048_576);

describe("a WebSocket whose other end is silent, slow or gone", { timeout: 60_000 }, () => {
  let app: Application;
  let log: LogMemory;
  let port: number;
  let opened: Promise<WebSocketConnection>;

  beforeEach(async () => {
    mock.timers.enable({ apis: ["setInterval"] });
    ({ app, log } = newApp({ TINA4_SESSION_BACKEND: "memory", TINA4_RATE_LIMIT: 0 }));
    opened = new Promise((resolve) => {
      app.websocket("/ws", (socket) => resolve(socket), { noAuth: true, messagesPerSecond: 100_000 });
      const neverDone = (socket: WebSocketConnection): void => {
        socket.onMessage(() => new Promise(() => undefined));
        resolve(socket);
      };
      app.websocket("/stuck", neverDone, { noAuth: true, messagesPerSecond: 100_000 });
    });
    ({ port } = await app.listen({ port: 0, host: "127.0.0.1" }));
  });
  afterEach(async () => {
    mock.timers.reset();
    await app.close();
  });

  const pass = (seconds: number): void => {
    for (let second = 0; second < seconds; second += 1) mock.timers.tick(1000);
  };
  const turns = async (count: number): Promise<void> => {
    for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
  };
  const cutOffs = (): unknown[] =>
    log.entries.filter(({ message }) => message === "websocket cut off").map(({ code, reason }) => [code, reason]);

  it("is asked after thirty seconds whether it is there, and cut off after thirty more", async () => {
    const client = await openRaw(port, "/ws");
    const { closed } = await opened;
    pass(30);
    await client.until(PING);
    pass(29);
    assert.deepEqual(cutOffs(), []);
    pass(1);
    const expected: SocketClosure = { code: 1006, reason: "no pong" };
    assert.deepEqual(await closed, expected);
    assert.deepEqual(cutOffs(), [[1006, "no pong"]]);
    await client.gone();
  });

  it("stays for as long as it answers", async () => {
    const client = await openRaw(port, "/ws");
    const { signal } = await opened;
    for (let round = 1; round <= 5; round += 1) {
      pass(30);
      await client.until(PING.repeat(round));
      client.send(PONG);
      await turns(20);
      pass(20);
      client.send(frame(0x81, "a"));
      await turns(20);
    }
    assert.deepEqual([signal.aborted, cutOffs()], [false, []]);
    client.socket.destroy();
  });

  it("V10: has the handler wait, and is cut off with 1013 once too much waits for it", async () => {
    const client = await openRaw(port, "/ws");
    client.socket.pause();
    const socket = await opened;
    const sends: Promise<boolean>[] = [];
    for (let count = 0; count < 1000 && sends.length === count; count += 1) {
      sends.push(socket.send("a".repeat(65_536)));
      if (cutOffs().length > 0) break;
    }
    assert.deepEqual(cutOffs(), [[1013, "too slow"]]);
    assert.ok(socket.bufferedBytes < 2 * 1_048_576, `${socket.bufferedBytes} bytes wait`);
    assert.equal(await socket.send("more"), false);
    pass(31);
    assert.deepEqual(await socket.closed, { code: 1013, reason: "too slow" });
    assert.deepEqual((await Promise.all(sends)).at(-1), false);
    client.socket.destroy();
  });

  it("V10: may be sent one message of any size, and is cut off when it takes nothing of that for thirty seconds", async () => {
    const client = await openRaw(port, "/ws");
    client.socket.pause();
    const socket = await opened;
    const sent = socket.send(MUCH);
    assert.equal(socket.signal.aborted, false);
    await turns(50);
    pass(29);
    await turns(5);
    assert.deepEqual([cutOffs(), socket.signal.aborted], [[], false]);
    pass(2);
    assert.equal(await sent, false);
    assert.equal((await socket.closed).code, 1006);
    client.socket.destroy();
  });

  it("gets a large message whole when it reads", async () => {
    const client = await openRaw(port, "/ws");
    const socket = await opened;
    let bytes = 0;
    client.socket.removeAllListeners("data").on("data", (text: string) => {
      bytes += text.length;
    });
    assert.equal(await socket.send(MUCH), true);
    assert.equal(await socket.send("more"), true);
    while (bytes < MUCH.length + 16) await once(client.socket, "data");
    client.socket.destroy();
  });

  it("is told to wait when its messages are not taken, and cut off when they are not taken for thirty seconds", async () => {
    const client = await openRaw(port, "/stuck");
    const socket = await opened;
    client.send(frame(0x81, "a".repeat(100)).repeat(50_000));
    await turns(50);
    assert.ok(client.socket.writableLength > 0, "the client has to wait");
    pass(29);
    assert.equal(socket.signal.aborted, false);
    pass(1);
    assert.deepEqual(await socket.closed, { code: 1006, reason: "unread" });
    await client.gone();
  });

  it("is closed with 1001 when the application closes, also where it never answers", async () => {
    const client = await openRaw(port, "/ws");
    const { closed } = await opened;
    const closing = app.close();
    await client.until(closeFrame(1001, "server stops"));
    assert.deepEqual(await closed, { code: 1001, reason: "server stops" });
    await closing;
    await client.gone();
  });
});
