import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFileStore } from "../../dist/session/stores/file-store.js";
import { MemoryStore } from "../../dist/session/stores/memory-store.js";
import { openMongodbStore } from "../../dist/session/stores/open-mongodb-store.js";
import { RedisStore } from "../../dist/session/stores/redis-store.js";
import { freePort } from "../measure/free-port.mjs";
import { median } from "../measure/median.mjs";
import { microsecondsPerCall } from "../measure/microseconds-per-call.mjs";

export const title = "Session stores: one call after the other, records of 300 bytes";

const RECORDS = 500;
const ROUNDS = 7;
const now = () => Date.now();
const record = { value: JSON.stringify({ user_id: 42, note: "x".repeat(272) }), expiresAt: now() + 3_600_000 };

/** Each opens a store, and gives it with what closes all that it needed; or `undefined` where that is missing. */
const STORES = { memory: openMemory, file: openFile, redis: openRedis, mongodb: openMongodb };

export async function measure() {
  const rows = [];
  for (const [name, open] of Object.entries(STORES)) {
    const opened = await open();
    if (opened === undefined) continue;
    try {
      rows.push([name, ...(await timesOf(opened.store))]);
    } finally {
      await opened.store.close();
      await opened.close?.();
    }
  }
  return {
    columns: ["store", "create, µs", "read, µs", "write, µs", "remove, µs"],
    rows,
    notes: [
      `Medians of ${ROUNDS} rounds of ${RECORDS} calls, the fastest round in brackets. Clock time on a busy machine swings.`,
      "Redis is measured where redis-server is installed, MongoDB where TINA4_TEST_MONGODB_URL names one.",
    ],
    targets: [],
  };
}

async function timesOf(store) {
  const columns = { create: [], read: [], write: [], remove: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const versions = [];
    const keys = Array.from({ length: RECORDS }, (_, index) => `session:${round}-${index}`);
    const create = async (at) => versions.push(await store.write(keys[at], record, null));
    columns.create.push(await microsecondsPerCall(create, RECORDS));
    columns.read.push(await microsecondsPerCall((at) => store.read(keys[at]), RECORDS));
    columns.write.push(await microsecondsPerCall((at) => store.write(keys[at], record, versions[at]), RECORDS));
    columns.remove.push(await microsecondsPerCall((at) => store.remove(keys[at]), RECORDS));
  }
  return Object.values(columns).map((rounds) => `${median(rounds).toFixed(1)} (${Math.min(...rounds).toFixed(1)})`);
}

async function openMemory() {
  return { store: new MemoryStore({ now }) };
}

async function openFile() {
  const folder = mkdtempSync(join(tmpdir(), "tina4-bench-"));
  const store = await openFileStore(join(folder, "sessions"), { now });
  return { store, close: () => rmSync(folder, { recursive: true }) };
}

async function openRedis() {
  if (spawnSync("redis-server", ["--version"]).error !== undefined) return undefined;
  const { Redis } = await import("ioredis");
  const port = await freePort();
  const server = spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--save", ""], {
    stdio: "ignore",
  });
  const redis = new Redis({ port, retryStrategy: () => 50 }).on("error", () => {});
  const scripting = { eval: (script, keys, args) => redis.eval(script, keys.length, ...keys, ...args) };
  const close = async () => {
    redis.disconnect();
    server.kill();
    await once(server, "exit");
  };
  return { store: new RedisStore(scripting, { timeoutMs: 10_000, now }), close };
}

async function openMongodb() {
  const { TINA4_TEST_MONGODB_URL: url } = process.env;
  if (!url) return undefined;
  return { store: await openMongodbStore({ url, collection: `bench_${process.pid}`, now }) };
}
