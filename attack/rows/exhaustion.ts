import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { type AttackRow, inProcess, row } from "../row.ts";
import { IMPATIENT } from "../settings-of-rows.ts";
import type { Target } from "../target.ts";

const WORK_MS = 5000;
const GONE_AT_ONCE = 100;
const ROUNDS = 5;

async function hostileLists(target: Target): Promise<void> {
  const start = performance.now();
  for (const value of [",".repeat(15_000), "*/*;q=,".repeat(2000)]) {
    assert.equal((await target.ask("GET", "/nowhere", { lines: [`Accept: ${value}`] })).status, 404);
  }
  assert.ok(performance.now() - start < WORK_MS);
}

async function hostileAddresses(target: Target): Promise<void> {
  const start = performance.now();
  await target.deny("TARGET_TOO_LONG", "GET", `/go?to=${"http://a".repeat(8192 / 8)}`);
  await target.deny500(`/go?to=${"http://a".repeat(900)}`);
  assert.ok(performance.now() - start < WORK_MS);
}

async function clientsThatLeave(target: Target): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const sockets = Array.from({ length: GONE_AT_ONCE }, () => connect(target.port, "127.0.0.1"));
    await Promise.all(
      sockets.map(async (socket) => {
        socket.on("error", () => socket.destroy());
        await once(socket, "connect");
        socket.write("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\nhalf");
        socket.resetAndDestroy();
      }),
    );
  }
}

export const EXHAUSTION_ROWS: readonly AttackRow[] = [
  inProcess("L01", "500 clients that drip their headers", "408 within ten seconds; others are served"),
  inProcess("L03", "a client that reads nothing", "closed after thirty seconds"),
  row("L06", "an Accept header of 15 kB", "read in linear time", hostileLists),
  row("L07", "8 kB of addresses in an address", "refused at once", hostileAddresses),
  row(
    "L10",
    "a handler that never answers",
    "503",
    async (target) => {
      const answer = await target.ask("GET", "/hang");
      assert.equal(answer.status, 503);
    },
    IMPATIENT,
  ),
  row(
    "L13",
    "500 clients that leave half-way (1000 in the tests, with the heap)",
    "others are served",
    clientsThatLeave,
  ),
  row("L14", "a promise that fails while nobody waits", "logged; the process lives", async (target) => {
    const mark = target.logLength;
    assert.equal((await target.ask("GET", "/unawaited")).status, 200);
    await target.logged(mark, /nobody waits/);
  }),
];
