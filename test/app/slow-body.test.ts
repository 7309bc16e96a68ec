import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { afterEach, beforeEach, describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { Dispatcher } from "../../src/app/dispatcher.ts";
import { ErrorResponder } from "../../src/app/error-responder.ts";
import { HttpServer } from "../../src/app/http-server.ts";
import { type Part, readParts } from "../../src/http/multipart/read-parts.ts";
import { createLogger } from "../../src/log/create-logger.ts";
import { bareLender } from "../http/bare-lender.ts";
import { BOUNDARY, file, form } from "../http/multipart/form-bytes.ts";
import { RawConnection } from "./raw-connection.ts";
import { LogMemory } from "./test-app.ts";

const HANDLER_TIMEOUT_SECONDS = 30;

describe("a slow multipart body", () => {
  let dispatcher: Dispatcher;
  let server: HttpServer;
  let connection: RawConnection;
  let begun: Promise<void>;
  const disk = new EventEmitter();

  beforeEach(async () => {
    const log = createLogger({ destination: new LogMemory() });
    let begin: () => void = () => {};
    begun = new Promise((resolve) => {
      begin = resolve;
    });
    const takePart = async ({ content }: Part) => {
      let value = 0;
      for await (const chunk of content) {
        value += chunk.length;
        begin();
        await once(disk, "takes");
      }
      return { value };
    };
    dispatcher = new Dispatcher({
      steps: [
        async ({ raw }, response) => {
          const { value, refusal } = await readParts(raw, { maxBytes: 10_000_000, maxParts: 1, takePart });
          return refusal ?? response.json(value);
        },
      ],
      socketSteps: [],
      lender: bareLender(),
      farewells: [],
      commonHeaders: [],
      handlerTimeoutSeconds: HANDLER_TIMEOUT_SECONDS,
      errorResponder: new ErrorResponder({ log }),
    });
    server = new HttpServer({ requests: dispatcher, commonHeaders: [], log });
    const { port } = await server.listen(0, "127.0.0.1");
    connection = await RawConnection.open(port);
  });

  afterEach(() => server.close(0));

  /** Some turns of the event loop pass until the next piece has come from the client. */
  async function takePiece(): Promise<void> {
    disk.emit("takes");
    await arrive();
  }

  async function arrive(): Promise<void> {
    for (let turns = 0; turns < 20; turns += 1) await turn();
  }

  function send(body: Buffer, bytes: number): void {
    const type = `Content-Type: multipart/form-data; boundary=${BOUNDARY}\r\n`;
    const head = `POST / HTTP/1.1\r\nHost: localhost\r\n${type}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
    connection.send(head + body.subarray(0, bytes).toString("latin1"));
  }

  it("ends as 408 where the client drips", async () => {
    send(form(file("f", "a", "x".repeat(1000))), 200);
    await begun;
    for (let second = 0; second < 5; second += 1) dispatcher.tick();
    await new Promise(setImmediate);
    assert.equal(connection.socket.closed, false);
    dispatcher.tick();
    assert.match(await connection.all(), /^HTTP\/1\.1 408 .*\{"error":"Request timeout"\}$/s);
  });

  it("does not end because the disk is slower than an honest client", async () => {
    const body = form(file("f", "a", "x".repeat(5_000_000)));
    send(body, body.length);
    await begun;
    for (let second = 0; second <= 2 * HANDLER_TIMEOUT_SECONDS; second += 1) {
      await takePiece();
      dispatcher.tick();
    }
    while (!connection.socket.closed) await takePiece();
    assert.match(await connection.all(), /^HTTP\/1\.1 200 .*\[5000000\]$/s);
  });

  it("ends as 503 where the disk takes nothing at all", async () => {
    const body = form(file("f", "a", "x".repeat(5_000_000)));
    send(body, 300_000);
    await begun;
    await arrive();
    for (let second = 0; second <= HANDLER_TIMEOUT_SECONDS; second += 1) dispatcher.tick();
    await connection.until("HTTP/1.1 503 ");
    connection.socket.destroy();
  });
});
