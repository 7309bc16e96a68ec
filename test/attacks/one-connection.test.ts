import assert from "node:assert/strict";
import { once } from "node:events";
import { Readable } from "node:stream";
import { after, before, describe, it } from "node:test";
import type { Application } from "../../src/app/application.ts";
import { HttpServer } from "../../src/app/http-server.ts";
import { createLogger } from "../../src/log/create-logger.ts";
import { RawConnection, sendRaw } from "../app/raw-connection.ts";
import { LogMemory, newApp } from "../app/test-app.ts";
import { CAN_COUNT_HANDLES, openHandles } from "../files/open-handles.ts";
import { temporaryFolder } from "../files/temporary-folder.ts";

const HOST = "Host: localhost\r\n";
const CHUNKED = "Transfer-Encoding: chunked\r\n";
const BAD_CHUNK = "ZZZ\r\n\r\n";
const LAST_CHUNK = "\r\n0\r\n\r\n";
/** More than any operating system keeps for a client that does not read. */
const LARGE = Buffer.alloc(32 * 1_048_576);

const get = (path: string, lines = ""): string => `GET ${path} HTTP/1.1\r\n${HOST}${lines}\r\n`;

/** Gives only what a test pushes. */
class SilentSource extends Readable {
  override _read(): void {}
}

describe("one connection with a hostile client", { timeout: 60_000 }, () => {
  const root = temporaryFolder({ "large.bin": LARGE });
  let app: Application;
  let port = 0;
  let sources: SilentSource[] = [];
  let waiting: Promise<string> | undefined;

  before(async () => {
    ({ app } = newApp({ TINA4_RATE_LIMIT: 0 }));
    app.get("/open", () => "open");
    app.get("/file", (_request, response) => response.file("large.bin", { root }));
    app.get("/slow", (_request, response) =>
      response.stream(
        (async function* () {
          await turns(2);
          yield "slowly";
        })(),
      ),
    );
    app.get("/address", async (request) => {
      const { socket } = request.raw;
      waiting = new Promise((resolve) => socket.once("close", () => resolve(request.ip)));
      return await waiting;
    });
    app.get("/stream", (_request, response) => {
      const source = new SilentSource();
      source.push("first");
      sources.push(source);
      return response.stream(source);
    });
    ({ port } = await app.listen({ port: 0, host: "127.0.0.1" }));
  });

  after(() => app.close());

  const isAlive = async (): Promise<boolean> =>
    (await sendRaw(port, get("/open", "Connection: close\r\n")))[0]?.status === 200;

  async function turns(count: number): Promise<void> {
    for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
  }

  /** Opens a stream, and waits for its beginning. */
  async function streaming(text: string): Promise<RawConnection> {
    sources = [];
    const connection = await RawConnection.open(port);
    await connection.send(text).until("first");
    return connection;
  }

  it("cannot end the process with a broken body behind a stream", async () => {
    const connection = await streaming(get("/stream") + get("/stream", CHUNKED));
    connection.send(BAD_CHUNK);
    for (let round = 0; round < 50; round += 1) {
      for (const source of sources) source.push("more");
      await turns(1);
    }
    for (const source of sources) source.push(null);
    await connection.all();
    assert.equal(await isAlive(), true);
  });

  it("cannot make a cut stream look whole with a broken body of its own", async () => {
    const connection = await streaming(get("/stream", CHUNKED));
    const text = await connection.send(BAD_CHUNK).all();
    assert.equal(text.endsWith(LAST_CHUNK), false, text);
    await turns(5);
    assert.deepEqual(
      sources.map(({ destroyed }) => destroyed),
      [true],
    );
    assert.equal(await isAlive(), true);
  });

  it("runs its requests one after another, and answers them in their order", async () => {
    const connection = await streaming(get("/stream").repeat(3) + get("/open", "Connection: close\r\n"));
    for (let index = 0; index < 3; index += 1) {
      while (sources.length === index) await turns(1);
      await turns(5);
      assert.equal(sources.length, index + 1);
      sources[index]?.push(`end ${index}`);
      sources[index]?.push(null);
    }
    assert.match(await connection.all(), /first.*end 0.*first.*end 1.*first.*end 2.*\r\n\r\nopen$/s);
  });

  it("gets sixteen requests that it sent ahead, and is cut at the next", async () => {
    const ahead = get("/open").repeat(16);
    const served = await streaming(get("/stream") + ahead);
    await turns(5);
    sources[0]?.push(null);
    while ((await served.until("open")).split("\r\n\r\nopen").length < 17) await once(served.socket, "data");
    served.socket.destroy();

    const cut = await streaming(get("/stream"));
    assert.doesNotMatch(await cut.send(ahead + get("/open")).gone(), /\r\n\r\nopen/);
  });

  it("cannot have many files opened by not reading them", { skip: !CAN_COUNT_HANDLES && "needs /proc" }, async () => {
    const connection = await RawConnection.open(port);
    connection.socket.pause();
    connection.send(get("/file").repeat(16));
    let most = 0;
    for (let turn = 0; turn < 300; turn += 1) {
      await turns(1);
      most = Math.max(most, openHandles(root));
    }
    assert.ok(most >= 1 && most <= 2, `${most} files`);
    await connection.send(get("/file").repeat(2000)).gone();
    while (openHandles(root) > 0) await turns(1);
  });

  for (const [name, text] of [
    ["an upgrade", get("/open", "Connection: Upgrade\r\nUpgrade: x\r\n")],
    ["a CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"],
  ] as const) {
    it(`gets the whole download behind which it sends ${name}`, async () => {
      const connection = await RawConnection.open(port);
      connection.send(get("/file"));
      await once(connection.socket, "data");
      connection.socket.pause();
      await turns(50);
      connection.send(text);
      await turns(50);
      connection.socket.resume();
      assert.ok((await connection.all()).length > LARGE.length);
    });
  }

  it("keeps its address when it is reset before anybody asked for that", async () => {
    const connection = await RawConnection.open(port);
    connection.send(get("/address"));
    while (waiting === undefined) await turns(1);
    connection.socket.resetAndDestroy();
    assert.equal(await waiting, "127.0.0.1");
  });

  it("listens no more often for its end, however many requests it sends ahead", async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): number => warnings.push(warning);
    process.on("warning", note);
    const connection = await RawConnection.open(port);
    const text = await connection.send(get("/slow").repeat(15) + get("/slow", "Connection: close\r\n")).all();
    assert.equal(text.split("slowly").length, 17);
    process.off("warning", note);
    assert.deepEqual(warnings, []);
  });

  it("still gets the whole answer to a request whose body breaks after it was answered", async () => {
    const connection = await RawConnection.open(port);
    await connection.send(get("/open", CHUNKED)).until("open");
    const text = await connection.send(BAD_CHUNK).all();
    assert.match(text, /\r\n\r\nopen$/);
  });
});

it("a response that is written to after its end costs its connection, not the process", async () => {
  const log = createLogger({ destination: new LogMemory() });
  const server = new HttpServer({
    requests: {
      handle: (_raw, rawResponse) => {
        rawResponse.end("whole");
        rawResponse.write("more");
      },
      handleUpgrade: () => assert.fail("nothing is upgraded here"),
      refuse: () => assert.fail("nothing is refused here"),
    },
    commonHeaders: [],
    log,
  });
  const { port } = await server.listen(0, "127.0.0.1");
  const connection = await RawConnection.open(port);
  assert.match(await connection.send(get("/")).all(), /^HTTP\/1\.1 200 OK\r\n(?!.*more)/s);
  await server.close(0);
});
