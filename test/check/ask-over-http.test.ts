import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { askOverHttp } from "../../src/check/probe/ask-over-http.ts";
import { type Lapse, plainServer } from "./fixtures/plain-server.ts";

const MAX_BODY_CHARACTERS = 65_536;

async function serverWith(test: TestContext, lapse: Lapse) {
  const server = await plainServer(lapse);
  test.after(() => server.close());
  return server;
}

describe("askOverHttp", () => {
  it("follows no redirect", async (test) => {
    const elsewhere = await serverWith(test, () => ({}));
    const { origin } = await serverWith(test, () => ({ status: 302, headers: { Location: elsewhere.origin.href } }));
    const { status } = await askOverHttp(origin)({ method: "GET", path: "/" });
    assert.deepEqual([status, elsewhere.asked], [302, []]);
  });

  it("reads the beginning of a long body only", async (test) => {
    const { origin } = await serverWith(test, () => ({ body: "x".repeat(9_000_000) }));
    assert.equal((await askOverHttp(origin)({ method: "GET", path: "/" })).body.length, MAX_BODY_CHARACTERS);
  });

  it("gives up on a server that takes too long", async (test) => {
    const silent = createServer();
    await once(silent.listen(0, "127.0.0.1"), "listening");
    test.after(() => silent.close());
    const origin = new URL(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`);
    await assert.rejects(
      askOverHttp(origin, 50)({ method: "GET", path: "/" }),
      /^Error: GET \/: no answer within 50 ms$/,
    );
  });

  it("fails where the server changes to another protocol", async (test) => {
    const switching = createServer((socket) => {
      socket.once("data", () =>
        socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"),
      );
    });
    await once(switching.listen(0, "127.0.0.1"), "listening");
    test.after(() => switching.close());
    const origin = new URL(`http://127.0.0.1:${(switching.address() as AddressInfo).port}`);
    await assert.rejects(askOverHttp(origin)({ method: "GET", path: "/" }), /closed without an answer/);
  });

  it("fails where nobody listens", async () => {
    await assert.rejects(askOverHttp(new URL("http://127.0.0.1:1"))({ method: "GET", path: "/" }), {
      code: "ECONNREFUSED",
    });
  });
});
