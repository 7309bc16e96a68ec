import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { RawConnection } from "../app/raw-connection.ts";
import { newApp } from "../app/test-app.ts";
import { frame, handshake } from "../websocket/fixtures/raw-socket.ts";

const PLAIN = "GET /plain HTTP/1.1\r\nHost: localhost\r\n\r\n";

const junk = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((byte) => String.fromCharCode(byte)) });
const payload = fc.oneof(
  junk,
  fc.constantFrom(0, 1, 2, 125, 126, 300, 2001).map((length) => "a".repeat(length)),
);
const firstByte = fc.oneof(
  fc.constantFrom(0x81, 0x82, 0x01, 0x02, 0x00, 0x80, 0x88, 0x89, 0x8a),
  fc.integer({ min: 0, max: 255 }),
);
const frames = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.tuple(firstByte, payload).map(([first, text]) => frame(first, text)) },
    { weight: 1, arbitrary: junk },
  ),
  { maxLength: 12 },
);
const header = fc.constantFrom(
  ...["Content-Length: 5", "Transfer-Encoding: chunked", "Expect: 100-continue", "Origin: http://evil.example"],
  ...["Sec-WebSocket-Protocol: a, a", "Sec-WebSocket-Protocol: b", "Sec-WebSocket-Extensions: permessage-deflate"],
  ...["Sec-WebSocket-Key: other", "Authorization: Bearer x", "Cookie: session=x"],
);
const attack = fc.record({
  before: fc.constantFrom("", "", "", PLAIN, PLAIN + PLAIN),
  path: fc.constantFrom("/ws", "/ws", "/listener", "/locked", "/plain", "/none", "/ws?ticket=a.b.c", "/ws/../ws"),
  headers: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(header, { maxLength: 2 }) },
  ),
  frames,
  waits: fc.boolean(),
  leaves: fc.constantFrom("end", "destroy", "resetAndDestroy" as const),
});

describe("a hostile client of WebSockets", { timeout: 60_000 }, () => {
  it("is never answered 5xx, ends no process, and leaves nothing open, whatever it sends", async () => {
    const { app, log } = newApp({ TINA4_SESSION_BACKEND: "memory", TINA4_RATE_LIMIT: 0, TINA4_WS_MAX_PER_CLIENT: 50 });
    let open = 0;
    app.websocket(
      "/ws",
      async (socket) => {
        open += 1;
        for await (const message of socket) await socket.send(message);
        open -= 1;
      },
      { noAuth: true, maxMessageBytes: 2000, protocols: ["a"] },
    );
    app.websocket("/listener", (socket) => socket.onMessage((message) => socket.send(message))).noAuth();
    app.websocket("/locked", () => undefined);
    app.get("/plain", () => "plain");
    const { port } = await app.listen({ port: 0, host: "127.0.0.1" });
    await fc.assert(
      fc.asyncProperty(attack, async ({ before, path, headers, frames, waits, leaves }) => {
        const connection = await RawConnection.open(port);
        connection.send(`${before}${handshake(path, ...headers)}\r\n\r\n`);
        if (waits) await turn();
        for (const each of frames) connection.send(each);
        await turn();
        connection.socket[leaves]();
        assert.doesNotMatch(await connection.gone(), /^HTTP\/1\.1 5/m);
      }),
      { seed: 6455, numRuns: 400 },
    );
    for (let count = 0; count < 10_000 && open > 0; count += 1) await turn();
    assert.equal(open, 0);
    assert.equal((await fetch(`http://127.0.0.1:${port}/plain`)).status, 200);
    assert.deepEqual(
      log.entries.filter(({ level }) => level === "error"),
      [],
    );
    assert.doesNotMatch(log.lines.join(""), /a\.b\.c/);
    await app.close();
  });
});
