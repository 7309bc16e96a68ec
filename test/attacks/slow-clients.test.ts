import assert from "node:assert/strict";
import { once } from "node:events";
import { afterEach, describe, it } from "node:test";
import { readBody } from "../../src/http/read-body.ts";
import type { Step } from "../../src/pipeline/step.ts";
import { RawConnection, readResponses } from "../app/raw-connection.ts";
import { startTickingServer, type TickingServer } from "./ticking-server.ts";

const GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
const POST = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n";
/** More than any operating system keeps for a client that does not read. */
const LARGE = Buffer.alloc(32 * 1_048_576, "a");

const answer: Step = (_request, response) => response.text("fine");
const answerLarge: Step = (_request, response) => response.bytes(LARGE, "application/octet-stream");
const never: Step = () => new Promise(() => {});

describe("a slow client", { timeout: 60_000 }, () => {
  let server: TickingServer;

  afterEach(() => server.close());

  const turns = async (count = 20): Promise<void> => {
    for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
  };

  const requestLines = (): string[] =>
    server.log.entries
      .filter(({ message }) => message === "request")
      .map(({ method, target, status }) => `${method} ${target} ${status}`);

  const isAlive = async (): Promise<void> => {
    const other = await RawConnection.open(server.port);
    await other.send(GET).until("fine");
    other.socket.destroy();
  };

  it("that drips its headers is answered 408, and so is one that says nothing; others are served (L01)", async () => {
    server = await startTickingServer(answer, 300);
    const silent = await RawConnection.open(server.port);
    const dripping = await Promise.all(Array.from({ length: 500 }, () => RawConnection.open(server.port)));
    for (const connection of dripping) connection.send("GET / HT");
    await isAlive();
    for (const connection of dripping) connection.send("TP/1.1\r\nHost: loc");
    for (const connection of [silent, ...dripping]) {
      const [refused, ...more] = readResponses(await connection.all());
      assert.deepEqual([refused?.status, refused?.body, more], [408, '{"error":"Request timeout"}', []]);
    }
    await isAlive();
  });

  it("that drips its body is answered 408, and its connection is closed (B18)", async () => {
    let body: Awaited<ReturnType<typeof readBody>> | undefined;
    server = await startTickingServer(async (request, response) => {
      body = await readBody(request.raw, 1000);
      return response.text("late");
    });
    const connection = await RawConnection.open(server.port);
    connection.send(`${POST}{"a"`);
    await turns();
    server.tick(5);
    await turns();
    assert.equal(connection.socket.closed, false);
    server.tick(1);
    const [refused, ...more] = readResponses(await connection.all());
    assert.deepEqual([refused?.status, more], [408, []]);
    assert.match(refused?.head ?? "", /^Connection: close$/m);
    await turns();
    assert.deepEqual(requestLines(), ["POST / 408"]);
    assert.equal(body?.value, undefined);
  });

  it("that sends much of its body at once and then no more is answered 408 after a minute (B18)", async () => {
    let read = 0;
    server = await startTickingServer(async ({ raw }, response) => {
      raw.on("data", (chunk: Buffer) => {
        read += chunk.length;
      });
      await readBody(raw, 1_000_000);
      return response.text("late");
    });
    const connection = await RawConnection.open(server.port);
    connection.send(`POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n${"a".repeat(800_000)}`);
    while (read < 800_000) await turns(1);
    server.tick(60);
    await turns();
    assert.equal(connection.socket.closed, false);
    server.tick(1);
    assert.equal(readResponses(await connection.all())[0]?.status, 408);
  });

  it("that reads nothing for thirty seconds is cut off, not sooner (L03)", async () => {
    server = await startTickingServer(answerLarge);
    const connection = await RawConnection.open(server.port);
    connection.socket.pause();
    connection.send(GET);
    await untilStill(connection);
    server.tick(30);
    await turns();
    assert.deepEqual(requestLines(), []);
    server.tick(1);
    await turns();
    assert.deepEqual(requestLines(), ["GET / 200"]);
    connection.socket.resume();
    assert.ok((await connection.all()).length < LARGE.length);
  });

  it("that reads little by little gets everything, however long it takes (L03)", async () => {
    server = await startTickingServer(answerLarge);
    const connection = await RawConnection.open(server.port);
    const { socket } = connection;
    let received = 0;
    socket.on("data", (text: string) => {
      server.tick(Math.floor((received + text.length) / 1_048_576) - Math.floor(received / 1_048_576));
      received += text.length;
      socket.pause();
      setImmediate(() => socket.resume());
    });
    connection.send(GET);
    while (received < LARGE.length) await once(socket, "data");
    assert.deepEqual(requestLines(), ["GET / 200"]);
    socket.destroy();
  });

  it("that keeps sending requests and reads no answer is cut off too", async () => {
    server = await startTickingServer(answerLarge);
    const connection = await RawConnection.open(server.port);
    connection.socket.pause();
    connection.send(GET.repeat(16));
    await untilStill(connection);
    server.tick(31);
    await turns();
    assert.deepEqual(requestLines(), ["GET / 200"]);
    assert.ok((await connection.gone()).length < LARGE.length);
  });

  it("that has nothing more to say is let go after 65 seconds, and not while it says something", async () => {
    server = await startTickingServer(answer);
    const connection = await RawConnection.open(server.port);
    await connection.send(GET).until("fine");
    await turns();
    server.tick(64);
    connection.send(GET);
    while (requestLines().length < 2) await turns(1);
    await turns();
    server.tick(64);
    await turns();
    assert.equal(connection.socket.closed, false);
    server.tick(1);
    assert.equal(readResponses(await connection.all()).length, 2);
  });

  it("cannot stretch its idle time with empty lines between requests", async () => {
    server = await startTickingServer(answer);
    const connection = await RawConnection.open(server.port);
    await connection.send(GET).until("fine");
    for (let second = 0; second < 65; second += 1) {
      connection.send("\r\n");
      await turns(1);
      server.tick(1);
    }
    assert.equal(readResponses(await connection.all()).length, 1);
  });

  it("is not idle while it waits for its answer; a handler that never answers ends as 503 (L10)", async () => {
    server = await startTickingServer(never);
    const connection = await RawConnection.open(server.port);
    connection.send(GET);
    await turns();
    server.tick(29);
    await turns();
    assert.deepEqual(requestLines(), []);
    server.tick(1);
    const text = await connection.until("too long");
    assert.deepEqual([readResponses(text)[0]?.status, requestLines()], [503, ["GET / 503"]]);
    assert.equal(connection.socket.closed, false);
    connection.socket.destroy();
  });

  it("that leaves is forgotten, a thousand times over (L13, M22)", async () => {
    let begun = 0;
    let departures = 0;
    server = await startTickingServer((request, response) => {
      if (request.method === "GET") return response.text("fine");
      begun += 1;
      response.onDeparture(() => {
        departures += 1;
      });
      return readBody(request.raw, 1000).then(() => response.noContent());
    });
    const sockets = (): number => process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;
    const before = sockets();
    for (let round = 0; round < 10; round += 1) {
      const connections = await Promise.all(Array.from({ length: 100 }, () => RawConnection.open(server.port)));
      for (const connection of connections) connection.send(POST);
      while (begun < connections.length * (round + 1)) await new Promise(setImmediate);
      for (const { socket } of connections) socket.resetAndDestroy();
    }
    while (sockets() > before || departures < 1000) await new Promise(setImmediate);
    assert.equal(departures, 1000);
    assert.equal(requestLines().length, 1000);
    await isAlive();
  });
});

/** Waits until the server has handed the operating system all that this takes for a client that does not read. */
async function untilStill({ socket }: RawConnection): Promise<void> {
  for (let still = 0, buffered = -1; still < 50; ) {
    await new Promise(setImmediate);
    still = socket.readableLength === buffered ? still + 1 : 0;
    buffered = socket.readableLength;
  }
}
