import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { NO_SMALL_DISK, type SmallDiskServer, startOnSmallDisk } from "./fixtures/small-disk.ts";

const UPLOAD_BYTES = 100_000;
const ROUNDS = 10;
const MAX_QUESTIONS = 1000;
/** What writes, and what it answers while nothing can be written. */
const WRITES: Readonly<Record<string, number>> = { "/session": 503, "/notes": 500, "/upload": 500 };

/** A disk of 4 MB that holds all a project has: sessions, SQLite, uploads, the key file and the log. */
describe("a server whose disk is full", { skip: NO_SMALL_DISK }, () => {
  let server: SmallDiskServer;
  let cookie = "";

  before(async () => {
    server = await startOnSmallDisk("4m");
  });
  after(() => server?.stop());

  async function post(path: string): Promise<Response> {
    const form = new FormData();
    form.set("file", new Blob([Buffer.alloc(UPLOAD_BYTES)]), "a.bin");
    const json = { headers: { "Content-Type": "application/json", Cookie: cookie }, body: JSON.stringify({ n: 1 }) };
    return fetch(server.url + path, { method: "POST", ...(path === "/upload" ? { body: form } : json) });
  }

  async function statuses(): Promise<Record<string, number>> {
    const all = await Promise.all(Object.keys(WRITES).map(async (path) => [path, (await post(path)).status] as const));
    return Object.fromEntries(all);
  }

  async function get(path: string): Promise<unknown> {
    const answer = await fetch(server.url + path, { headers: { Cookie: cookie } });
    return [answer.status, await answer.json()];
  }

  /** The files on the disk, once the uploads are removed, which happens after their answers. */
  async function files(): Promise<Record<string, number>> {
    for (let question = 0; question < MAX_QUESTIONS; question += 1) {
      const found = (await server.tell("files")).value as Record<string, number>;
      if (!Object.keys(found).some((path) => path.startsWith("tmp/"))) return found;
    }
    assert.fail("an upload was not removed");
  }

  it("answers 5xx where it has to write, serves everything else, and keeps what it had", async () => {
    cookie = (await post("/session")).headers.getSetCookie()[0]?.split(";")[0] ?? "";
    assert.deepEqual(await statuses(), { "/session": 200, "/notes": 200, "/upload": 200 });
    const { "server.log": _, ...before } = await files();

    await server.tell("fill");
    for (let round = 0; round < ROUNDS; round += 1) {
      assert.deepEqual(await statuses(), WRITES);
      assert.deepEqual(await get("/open"), [200, { ok: true }]);
      assert.deepEqual(await get("/session"), [200, { n: 1 }]);
      assert.deepEqual(await get("/notes"), [200, { count: 10 }]);
    }
    const { "server.log": __, filler, ...after } = await files();
    assert.ok((filler ?? 0) > 3_000_000);
    assert.deepEqual({ ...after, "data/app.db-wal": 0 }, { ...before, "data/app.db-wal": 0 });
  });

  it("makes no half key file, and keeps no half upload", async () => {
    assert.deepEqual(await server.tell("makeSecret"), { code: "KEY_FILE_UNUSABLE" });
    assert.deepEqual(await server.tell("keepUpload"), { code: "ENOSPC" });
    const paths = Object.keys(await files()).filter((path) => /^(?:secrets|kept)\//.test(path));
    assert.deepEqual(paths, []);
  });

  it("goes on by itself as soon as there is room", async () => {
    await server.tell("free");
    assert.deepEqual(await statuses(), { "/session": 200, "/notes": 200, "/upload": 200 });
    assert.deepEqual(await get("/notes"), [200, { count: 20 }]);
    assert.deepEqual(await server.tell("makeSecret"), { value: 64 });
    assert.deepEqual(await server.tell("keepUpload"), { value: null });
    assert.equal((await files())["kept/a.png"], UPLOAD_BYTES);
  });

  it("has a log of whole lines, which says how many are missing", async () => {
    const lines = String((await server.tell("log")).value)
      .trimEnd()
      .split("\n");
    const entries = lines.map((line) => JSON.parse(line) as { lost?: number; message: string });
    const gap = entries.find(({ lost }) => lost !== undefined);
    assert.equal(gap?.message, "entries of the log could not be written and are lost");
    // Each refused write is two entries, each answer one; as many as fit into the last block on the disk are there.
    const ofAll = ROUNDS * (2 * 3 + 3) + (1 + 3) + (3 + 1);
    assert.equal(entries.filter(({ lost }) => lost === undefined).length + (gap?.lost ?? 0), ofAll);
  });
});
