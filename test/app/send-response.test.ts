import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Application } from "../../src/app/application.ts";
import { openRaw } from "../websocket/fixtures/raw-socket.ts";
import { RawConnection } from "./raw-connection.ts";
import { newApp } from "./test-app.ts";

const UNREAD = "Host: localhost\r\nContent-Length: 9\r\n\r\nab";

/** "café" as one byte for each letter, which is how headers are read; texts are in UTF-8, of two bytes for the last one. */
const NAME = "caf\u00e9";

describe("sendResponse", () => {
  let app: Application;
  let port: number;

  before(async () => {
    ({ app } = newApp());
    app.use((_request, response, next) => {
      response.header("X-Name", NAME);
      return next();
    });
    app.get("/text", () => NAME);
    app.get("/empty", (_request, response) => response.noContent());
    app.get("/stream", (_request, response) => response.stream([NAME, Buffer.from("!")], "text/plain"));
    app.websocket("/socket", (socket) => socket.send(NAME), { noAuth: true });
    ({ port } = await app.listen({ port: 0, host: "127.0.0.1" }));
  });
  after(() => app.close());

  for (const [what, request, body] of [
    ["a text, before the request's body is read", `GET /text HTTP/1.1\r\n${UNREAD}`, NAME],
    ["nothing, before the request's body is read", `GET /empty HTTP/1.1\r\n${UNREAD}`, ""],
    ["nothing to HEAD, before the request's body is read", `HEAD /text HTTP/1.1\r\n${UNREAD}`, ""],
    ["a stream of texts without chunks", "GET /stream HTTP/1.0\r\nHost: localhost\r\n\r\n", `${NAME}!`],
  ] as const) {
    it(`sends headers in Latin-1 with ${what}`, async () => {
      const connection = await RawConnection.open(port);
      connection.send(request);
      if (request.endsWith(UNREAD)) {
        await connection.until("\r\n\r\n");
        connection.send("cdefghi");
      }
      const [head = "", ...rest] = (await connection.all()).split("\r\n\r\n");
      assert.ok(head.split("\r\n").includes(`X-Name: ${NAME}`), head);
      assert.equal(Buffer.from(rest.join(), "latin1").toString(), body);
    });
  }

  it("sends headers in Latin-1 with the answer that opens a WebSocket, and its messages in UTF-8", async () => {
    const connection = await openRaw(port, "/socket");
    const received = await connection.until("\xc3\xa9");
    connection.socket.destroy();
    assert.match(received, /\r\nX-Name: caf\xe9\r\n/);
  });
});
