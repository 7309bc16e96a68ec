import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { type TestClient, testClient } from "../../src/testing/test-client.ts";
import { newApp } from "../app/test-app.ts";

describe("the handler of a WebSocket, and the middleware around it", () => {
  const { app, log } = newApp({ TINA4_SESSION_BACKEND: "memory", TINA4_RATE_LIMIT: 0, TINA4_WS_MAX_PER_CLIENT: 3 });
  let client: TestClient;
  let heard: unknown[] = [];

  before(async () => {
    app
      .websocket("/throws", () => {
        throw new Error("at once");
      })
      .noAuth();
    app
      .websocket("/listener", (socket) =>
        socket.onMessage((message) => {
          if (message === "boom") throw new Error("in a listener");
          return socket.send(message);
        }),
      )
      .noAuth();
    app
      .websocket("/before", () => undefined)
      .noAuth()
      .middleware(async function fails(_request, _response, next) {
        await next();
        throw new Error("before 101");
      });
    app
      .websocket("/instead", () => heard.push("opened"))
      .noAuth()
      .middleware(async function answers(_request, response, next) {
        await next();
        return response.json({ instead: true }, 202);
      });
    app
      .websocket("/closes", async (socket) => {
        const secret = new Uint8Array(Buffer.from("secret, and more of the pool"));
        for (const wrong of [secret, 1000, Object("text"), "a".repeat(124), "ü".repeat(62)]) {
          assert.throws(() => socket.close(1000, wrong as string), { code: "WEBSOCKET_MISUSED" });
        }
        for (const code of [999, 1004, 1005, 1006, 1015, 2999, 5000, 1000.5, "1000"]) {
          assert.throws(() => socket.close(code as number), { code: "WEBSOCKET_MISUSED" });
        }
        for (const message of [undefined, null, 7, {}, new ArrayBuffer(3), [1]]) {
          assert.throws(() => socket.send(message as string), { code: "WEBSOCKET_MISUSED" });
        }
        await socket.close(4000, "a".repeat(123));
        assert.equal(await socket.send("late"), false);
        heard.push("closed");
      })
      .noAuth();
    app.websocket("/speaks", (socket) => socket.send(socket.protocol), { noAuth: true, protocols: ["b", "a"] });
    app.get("/name/{name}", ({ session, params }) => {
      session.set("name", params.name);
      return "set";
    });
    app
      .websocket("/session", async (socket, { session }) => {
        await socket.send(String(session.get("name")));
        assert.throws(() => session.set("name", "changed"), { code: "SESSION_MISUSED" });
        await socket.send(String(session.get("name")));
      })
      .noAuth();
    client = await testClient(app);
  });
  after(() => client.close());
  beforeEach(() => {
    heard = [];
    log.lines.length = 0;
  });

  const failures = (): unknown[] =>
    log.entries.filter(({ level }) => level === "error").map(({ error }) => (error as Error).message);

  it("closes with 1011 whatever it throws, at once or in a listener, and says no more to the client", async () => {
    const atOnce = await client.websocket("/throws");
    assert.deepEqual(await atOnce.closed, { code: 1011, reason: "internal error" });
    const inListener = await client.websocket("/listener");
    for (const message of ["a", "boom", "b"]) await inListener.send(message);
    assert.deepEqual(await inListener.closed, { code: 1011, reason: "internal error" });
    assert.deepEqual([await inListener.next(), await inListener.next()], ["a", null]);
    assert.deepEqual(failures(), ["at once", "in a listener"]);
  });

  it("answers 500 where middleware throws before the connection is open, and opens none where it answers otherwise", async () => {
    const failed = await client.websocket("/before");
    assert.deepEqual([failed.status, failed.text], [500, '{"error":"Internal server error"}']);
    const answered = await client.websocket("/instead");
    assert.deepEqual([answered.status, answered.text, heard], [202, '{"instead":true}', []]);
    assert.deepEqual(failures(), ["before 101"]);
  });

  it("leaves no place taken, however it fails", async () => {
    for (let round = 0; round < 5; round += 1) {
      for (const path of ["/throws", "/before", "/instead"]) await (await client.websocket(path)).closed;
    }
    assert.equal((await client.websocket("/instead")).status, 202);
  });

  it("V13: closes with a code and a text that can be sent, and with nothing else", async () => {
    const socket = await client.websocket("/closes");
    assert.deepEqual(await socket.closed, { code: 4000, reason: "a".repeat(123) });
    await client.websocket("/instead");
    assert.deepEqual([heard, failures()], [["closed"], []]);
  });

  it("speaks the best subprotocol that both know, whatever the client likes best, and none beside", async () => {
    for (const [offered, spoken] of [
      [["a", "b"], "b"],
      [["c", "a"], "a"],
      [["tina4", "a"], "a"],
      [["tina4"], "tina4"],
      [[], ""],
    ] as const) {
      const socket = await client.websocket("/speaks", { protocols: offered });
      assert.deepEqual([socket.protocol, await socket.next()], [spoken, spoken]);
      await socket.close();
    }
    const none = await client.websocket("/speaks", { protocols: ["c"] });
    assert.deepEqual([none.status, none.protocol, (await none.closed).code], [101, "", 1006]); // as browsers give it up
  });

  it("reads the session that opened it, and is refused a change that could not be kept", async () => {
    await client.get("/name/Ada");
    const socket = await client.websocket("/session");
    assert.deepEqual([await socket.next(), await socket.next()], ["Ada", "Ada"]);
    await socket.close();
    assert.deepEqual(failures(), []);
  });
});
