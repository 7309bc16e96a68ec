import assert from "node:assert/strict";
import { once } from "node:events";
import { IncomingMessage, type ServerResponse } from "node:http";
import { connect, Socket } from "node:net";
import { after, before, describe, it } from "node:test";
import { hasBody, readBody } from "../../src/http/read-body.ts";
import { type BareServer, startBareServer } from "./bare-server.ts";

const LIMIT = 10;

describe("readBody", () => {
  let server: BareServer;
  let arrived: (raw: IncomingMessage) => void = () => undefined;

  before(async () => {
    server = await startBareServer((raw, rawResponse) => {
      arrived(raw);
      answer(raw, rawResponse);
    });
  });
  after(() => server.stop());

  function post(lines: readonly string[], body: string): Promise<string> {
    return server.send(`POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${lines.join("\r\n")}\r\n\r\n${body}`);
  }

  it("reads a body of exactly the limit, and refuses one byte more (B05)", async () => {
    assert.match(await post(["Content-Length: 10"], "0123456789"), /200 read-10$/m);
    assert.match(await post(["Content-Length: 11"], "0123456789a"), /413 BODY_TOO_LARGE-0$/m);
  });

  it("refuses an announced excess before a byte is sent", async () => {
    for (const length of [LIMIT + 1, 1_048_577, Number.MAX_SAFE_INTEGER]) {
      assert.match(await post([`Content-Length: ${length}`], ""), /413 BODY_TOO_LARGE-0$/m);
    }
  });

  it("counts a chunked body as it arrives, and stops at the first excess (B05)", async () => {
    const chunked = ["Transfer-Encoding: chunked"];
    assert.match(await post(chunked, "5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n"), /200 read-10$/m);
    assert.match(await post(chunked, "5\r\n01234\r\n6\r\n56789a\r\n0\r\n\r\n"), /413 BODY_TOO_LARGE-0$/m);
    assert.match(await post(chunked, `b\r\n0123456789a\r\n${"1\r\na\r\n".repeat(1000)}`), /413 BODY_TOO_LARGE-0$/m);
    assert.match(await post(chunked, "0\r\n\r\n"), /200 read-0$/m);
  });

  it("takes an empty body of no announced length where none may have a byte", async () => {
    const raw = Object.assign(new IncomingMessage(new Socket()), { headers: { "transfer-encoding": "chunked" } });
    const reading = readBody(raw, 0);
    raw.push(null);
    assert.deepEqual(await reading, { value: Buffer.alloc(0) });
  });

  it("gives the bytes as they were sent, over several packets", async () => {
    const socket = connect(server.port, "127.0.0.1");
    const reading = new Promise<Awaited<ReturnType<typeof readBody>>>((resolve) => {
      arrived = (raw) => void readBody(raw, LIMIT).then(resolve);
    });
    socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nab\u0000", "latin1");
    await once(socket, "ready");
    socket.write(Buffer.from([0xff, 0xfe, 0x80]));
    assert.deepEqual(await reading, { value: Buffer.from([0x61, 0x62, 0, 0xff, 0xfe, 0x80]) });
    arrived = () => undefined;
    socket.destroy();
  });

  it("ends as malformed, once and without a listener left, when the client leaves early", async () => {
    const socket = connect(server.port, "127.0.0.1");
    const [raw, outcome] = await new Promise<[IncomingMessage, Awaited<ReturnType<typeof readBody>>]>((resolve) => {
      arrived = (raw) => {
        void readBody(raw, LIMIT).then((outcome) => resolve([raw, outcome]));
        socket.destroy();
      };
      socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc");
    });
    assert.equal(outcome.refusal?.code, "BODY_MALFORMED");
    assert.deepEqual(listeners(raw), [0, 0]);
    assert.equal(await readBody(raw, LIMIT), outcome);
    arrived = () => undefined;
  });

  it("leaves no listener behind after a body and after an excess", async () => {
    for (const [body, code] of [
      ["5\r\n01234\r\n0\r\n\r\n", undefined],
      ["b\r\n0123456789a\r\n", "BODY_TOO_LARGE"],
    ]) {
      const [raw, outcome] = await new Promise<[IncomingMessage, Awaited<ReturnType<typeof readBody>>]>((resolve) => {
        arrived = (raw) => void readBody(raw, LIMIT).then((outcome) => resolve([raw, outcome]));
        void post(["Transfer-Encoding: chunked"], body as string);
      });
      assert.equal(outcome.refusal?.code, code);
      assert.deepEqual(listeners(raw), [0, 0]);
    }
    arrived = () => undefined;
  });
});

describe("hasBody", () => {
  it("is true for a length over 0 and for a transfer coding", () => {
    const raw = (headers: Record<string, string>) => Object.assign(new IncomingMessage(new Socket()), { headers });
    for (const headers of [
      { "content-length": "1" },
      { "content-length": "007" },
      { "transfer-encoding": "chunked" },
    ]) {
      assert.equal(hasBody(raw(headers)), true, JSON.stringify(headers));
    }
    for (const headers of [{}, { "content-length": "0" }, { "content-length": "000" }, { "content-type": "a/b" }]) {
      assert.equal(hasBody(raw(headers)), false, JSON.stringify(headers));
    }
  });
});

/** What readBody itself listens to; Node has its own listeners beside. */
function listeners(raw: IncomingMessage): number[] {
  return ["data", "close"].map((event) => raw.listenerCount(event));
}

async function answer(raw: IncomingMessage, rawResponse: ServerResponse): Promise<void> {
  const { value, refusal } = await readBody(raw, LIMIT);
  const reason = value === undefined ? `${refusal?.code}-0` : `read-${value.length}`;
  rawResponse.writeHead(refusal?.status ?? 200, reason, { Connection: "close" }).end();
  raw.socket.destroySoon();
}
