import assert from "node:assert/strict";
import { once } from "node:events";
import { afterEach, beforeEach, describe, it } from "node:test";
import type { Application } from "../../src/app/application.ts";
import { Dispatcher } from "../../src/app/dispatcher.ts";
import { ErrorResponder } from "../../src/app/error-responder.ts";
import { HttpServer } from "../../src/app/http-server.ts";
import { readBody } from "../../src/http/read-body.ts";
import { createLogger } from "../../src/log/create-logger.ts";
import { bareLender } from "../http/bare-lender.ts";
import { RawConnection, sendRaw } from "./raw-connection.ts";
import { LogMemory, newApp } from "./test-app.ts";

describe("an application with a hostile client", () => {
  let app: Application;
  let port: number;
  let answerPending: () => void = () => {};
  let isEntered: Promise<void>;

  beforeEach(async () => {
    ({ app } = newApp());
    app.get("/open", () => "open");
    app.get("/vary", (_request, response) => response.header("Vary", "Connection").text("v"));
    app.get("/revoked", () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      throw proxy;
    });
    isEntered = new Promise((entered) => {
      app.get("/pending", async () => {
        entered();
        await new Promise<void>((answer) => {
          answerPending = answer;
        });
        return "late";
      });
    });
    ({ port } = await app.listen({ port: 0, host: "127.0.0.1" }));
  });

  afterEach(async () => {
    answerPending();
    await app.close();
  });

  const isAlive = async () => (await sendRaw(port, get("/open", "Connection: close\r\n")))[0]?.status === 200;

  for (const [name, second] of [
    ["an upgrade", get("/", "Connection: Upgrade\r\nUpgrade: websocket\r\n")],
    ["a CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"],
  ] as const) {
    it(`survives ${name} behind a pending request on a connection that is then reset`, async () => {
      const connection = await RawConnection.open(port);
      connection.send(get("/pending"));
      await isEntered;
      connection.send(second);
      assert.equal(await isAlive(), true);
      connection.socket.resetAndDestroy();
      await once(connection.socket, "close");
      assert.equal(await isAlive(), true);
    });
  }

  it("answers 500 to a thrown value that cannot even be looked at", async () => {
    const [answer] = await sendRaw(port, get("/revoked", "Connection: close\r\n"));
    assert.deepEqual([answer?.status, answer?.body], [500, '{"error":"Internal server error"}']);
    assert.equal(await isAlive(), true);
  });

  it("closes after an unread body, whatever the values of other headers say", async () => {
    const hidden = `abcd${get("/open")}`;
    const answers = await sendRaw(port, get("/vary", "Content-Length: 4\r\n") + hidden);
    assert.equal(answers.length, 1);
    assert.match(answers[0]?.head ?? "", /^Connection: close$/m);
  });
});

it("a body that drips ends as 408, and the connection is closed", async () => {
  const log = createLogger({ destination: new LogMemory() });
  let entered: () => void = () => {};
  const isEntered = new Promise<void>((resolve) => {
    entered = resolve;
  });
  const dispatcher = new Dispatcher({
    steps: [
      async (request, response) => {
        entered();
        const { value } = await readBody(request.raw, 1000);
        return response.text(String(value));
      },
    ],
    socketSteps: [],
    lender: bareLender(),
    farewells: [],
    commonHeaders: [],
    handlerTimeoutSeconds: 30,
    errorResponder: new ErrorResponder({ log }),
  });
  const server = new HttpServer({ requests: dispatcher, commonHeaders: [], log });
  const { port } = await server.listen(0, "127.0.0.1");
  const connection = await RawConnection.open(port);
  connection.send('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{"a"');
  await isEntered;
  for (let second = 0; second < 5; second += 1) dispatcher.tick();
  await new Promise(setImmediate);
  assert.equal(connection.socket.closed, false);
  dispatcher.tick();
  assert.match(await connection.all(), /^HTTP\/1\.1 408 .*Connection: close.*\{"error":"Request timeout"\}$/s);
  await server.close(0);
});

function get(path: string, lines = ""): string {
  return `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${lines}\r\n`;
}
