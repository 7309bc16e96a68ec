import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { RawConnection, sendRaw } from "../app/raw-connection.ts";
import { newApp } from "../app/test-app.ts";
import { closeFrame, frame, handshake } from "../websocket/fixtures/raw-socket.ts";

const GET = "GET /plain HTTP/1.1\r\nHost: localhost\r\n\r\n";
const ASKED = `${handshake("/echo")}\r\n\r\n`;

describe("attacks on the handshake of a WebSocket", { timeout: 30_000 }, () => {
  const { app, log } = newApp({ TINA4_SESSION_BACKEND: "memory", TINA4_RATE_LIMIT: 0 });
  app.get("/plain", () => "plain");
  app.websocket("/echo", (socket) => socket.onMessage((message) => socket.send(message)), { noAuth: true });
  let port = 0;
  before(async () => {
    ({ port } = await app.listen({ port: 0, host: "127.0.0.1" }));
  });
  after(() => app.close());

  const statuses = async (text: string): Promise<readonly number[]> =>
    (await sendRaw(port, text)).map(({ status }) => status);

  it("refuses one that was sent ahead of an answer, and the process lives", async () => {
    // How many are answered before the connection ends depends on when Node.js writes.
    for (const ahead of [GET, GET + GET]) {
      const [first, ...others] = await statuses(ahead + ASKED + GET);
      assert.equal(first, 200);
      assert.ok(["", "200", "426", "200,426"].includes(others.join()), others.join());
    }
    const later = await RawConnection.open(port);
    await later.send(GET).until("plain");
    later.socket.destroy();
  });

  it("takes one on a connection that has carried other requests", async () => {
    const connection = await RawConnection.open(port);
    await connection.send(GET).until("plain");
    await connection.send(ASKED + frame(0x81, "hello")).until("\x81\x05hello");
    connection.socket.destroy();
  });

  it("switches no connection on which a body is announced", async () => {
    for (const announced of ["Content-Length: 5", "Transfer-Encoding: chunked"]) {
      const asked = `${handshake("/echo", announced)}\r\n\r\n5\r\nhello\r\n0\r\n\r\n${GET}`;
      const [refused, ...others] = await statuses(asked);
      assert.ok(refused === 400 || refused === 426, `${refused}`);
      assert.deepEqual(others, []);
    }
  });

  it("takes what is sent ahead of the answer for frames, and never for a request", async () => {
    const connection = await RawConnection.open(port);
    await connection.send(ASKED + frame(0x81, "early")).until("early");
    const text = await connection.send(GET).gone();
    assert.match(text, /^HTTP\/1\.1 101 /);
    assert.equal(text.slice(text.indexOf("\r\n\r\n") + 4), `\x81\x05early${closeFrame(1002, "")}`);
    assert.deepEqual(
      log.entries.filter(({ level }) => level === "error"),
      [],
    );
  });
});
