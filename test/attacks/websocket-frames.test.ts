import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { RawConnection } from "../app/raw-connection.ts";
import { newApp } from "../app/test-app.ts";

const HANDSHAKE = [
  "GET /ws HTTP/1.1",
  "Host: localhost",
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
];
const MASK = "\0\0\0\0";

describe("attacks on the frames of a WebSocket", () => {
  const { app } = newApp({ TINA4_SESSION_BACKEND: "memory" });
  app.websocket("/ws", (socket) => socket.onMessage(() => undefined), { noAuth: true });
  let port = 0;
  before(async () => {
    ({ port } = await app.listen({ port: 0, host: "127.0.0.1" }));
  });
  after(() => app.close());

  for (const [name, frames, code] of [
    ["V09: an unmasked frame", "\x81\x01a", 1002],
    ["V09: a reserved bit", `\xc1\x81${MASK}a`, 1002],
    ["V09: bad UTF-8", `\x81\x81${MASK}\xff`, 1007],
    ["V09: a bad close code", `\x88\x82${MASK}\x03\xed`, 1002],
    ["V09: a ping of over 125 bytes", `\x89\xfe\0\x7e${MASK}${"a".repeat(126)}`, 1002],
    ["V08: fragments without end", `\x01\x80${MASK}${`\0\x80${MASK}`.repeat(2000)}`, 1008],
  ] as const) {
    it(`${name} closes with ${code}`, async () => {
      const connection = await RawConnection.open(port);
      await connection.send(`${HANDSHAKE.join("\r\n")}\r\n\r\n`).until("\r\n\r\n");
      const text = await connection.send(frames).until(String.fromCharCode(code >> 8, code & 0xff));
      assert.match(text, /^HTTP\/1\.1 101 /);
      connection.socket.destroy();
    });
  }

  it("V14: a flood of pings costs the connection", async () => {
    const connection = await RawConnection.open(port);
    await connection.send(`${HANDSHAKE.join("\r\n")}\r\n\r\n`).until("\r\n\r\n");
    await connection.send(`\x89\x80${MASK}`.repeat(200)).gone();
    assert.equal(connection.socket.destroyed, true);
  });

  it("V05: thousands of spaces among the subprotocols are refused", async () => {
    const connection = await RawConnection.open(port);
    const head = [...HANDSHAKE, `Sec-WebSocket-Protocol: b${" ".repeat(16_000)}x`].join("\r\n");
    assert.match(await connection.send(`${head}\r\n\r\n`).all(), /^HTTP\/1\.1 4(?:00|31) /);
  });
});
