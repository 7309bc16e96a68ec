import assert from "node:assert/strict";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { RawConnection } from "../app/raw-connection.ts";
import { CAN_COUNT_HANDLES } from "../files/open-handles.ts";
import { BOUNDARY, file, form } from "../http/multipart/form-bytes.ts";
import { temporaryFolder } from "../session/stores/temporary-folder.ts";
import { type BusyServer, type Held, startBusyServer } from "./fixtures/start-busy-server.ts";

const ABORTED = 1000;
const AT_ONCE = 50;
const WARM_UP = 100;
const MAX_QUESTIONS = 10_000;
/** Of one request that is not forgotten there are over 5,000 bytes. */
const LEAK_BYTES = 2000 * ABORTED;

const HEAD = "Host: localhost\r\nContent-Type: application/json\r\n";
const UPLOAD = form(file("file", "a.bin", "x".repeat(100_000)));
const UPLOAD_HEAD = `Host: localhost\r\nContent-Type: multipart/form-data; boundary=${BOUNDARY}\r\n`;
const OPEN = `GET /open HTTP/1.1\r\n${HEAD}\r\n`;

/** What is sent, and what is waited for before the client leaves. */
const STAGES: Readonly<Record<string, readonly [sent: string, awaited?: string]>> = {
  "in its headers": [`GET /open HTTP/1.1\r\n${HEAD}X-Much: ${"x".repeat(500)}`],
  "in its body": [`POST /json HTTP/1.1\r\n${HEAD}Content-Length: 5000\r\n\r\n{"a":"${"x".repeat(1000)}`],
  "amid a file": [
    `POST /upload HTTP/1.1\r\n${UPLOAD_HEAD}Content-Length: ${UPLOAD.length}\r\n\r\n${UPLOAD.subarray(0, 50_000)}`,
  ],
  "while a handler works, and more was sent ahead": [
    `${OPEN}${`GET /slow HTTP/1.1\r\n${HEAD}\r\n`.repeat(3)}`,
    '{"ok":true}',
  ],
  "as a large answer begins": [`GET /large HTTP/1.1\r\n${HEAD}\r\n`, "HTTP/1.1 200"],
  "amid a stream": [`GET /stream HTTP/1.1\r\n${HEAD}\r\n`, "xxx"],
};

describe("a thousand clients that leave", { skip: !CAN_COUNT_HANDLES && "needs /proc" }, () => {
  const temporary = temporaryFolder();
  let server: BusyServer;
  let idle: Held;

  before(async () => {
    server = await startBusyServer(temporary);
    idle = await server.held("open");
    for (const stage of Object.values(STAGES)) await leave(WARM_UP, stage);
    await untilIdle();
  });
  after(() => server?.stop());

  for (const [name, stage] of Object.entries(STAGES)) {
    it(`leave nothing open, no timer, no file and nothing in memory: ${name}`, async (test) => {
      const before = await server.held("in memory");
      await leave(ABORTED, stage);
      await untilIdle();
      const after = await server.held("in memory");
      assert.deepEqual({ ...after, bytes: 0, entered: 0 }, { ...before, bytes: 0, entered: 0 });
      const grown = after.bytes - before.bytes;
      test.diagnostic(`${grown} bytes more`);
      assert.ok(grown < LEAK_BYTES, `${grown} bytes more`);
      const files = readdirSync(temporary, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      assert.deepEqual(files, []);
      assert.equal((await fetch(new URL("/open", server.url), { headers: { Connection: "close" } })).status, 200);
      await untilIdle();
    });
  }

  async function leave(count: number, stage: readonly [string, string?]): Promise<void> {
    for (let gone = 0; gone < count; gone += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, () => leaveOnce(...stage)));
    }
  }

  async function leaveOnce(sent: string, awaited?: string): Promise<void> {
    const connection = (await RawConnection.open(Number(server.url.port))).send(sent);
    if (awaited !== undefined) await connection.until(awaited);
    else if (connection.socket.writableLength > 0) await once(connection.socket, "drain");
    connection.socket.resetAndDestroy();
    if (!connection.socket.closed) await once(connection.socket, "close");
  }

  /** Until the server has noticed that everybody left: it has no more open than when it had started. */
  async function untilIdle(): Promise<void> {
    let held = idle;
    for (let question = 0; question < MAX_QUESTIONS; question += 1) {
      held = await server.held("open");
      if (held.descriptors <= idle.descriptors && held.sockets === 0 && held.timers <= idle.timers) return;
    }
    assert.deepEqual(held, idle);
  }
});
