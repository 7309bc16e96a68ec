import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { openFileStore } from "../../../src/session/stores/file-store.ts";
import { sessionStoreContract } from "../../contracts/session-store.ts";
import { addFromFourProcesses } from "./four-processes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const RECORD = { value: "1", expiresAt: 5000 };
const HOUR_MS = 3_600_000;
const root = temporaryFolder();
const newPlace = () => join(root, randomUUID());

sessionStoreContract("FileStore", (now) => openFileStore(newPlace(), { now }), { runs: 8 });

describe("FileStore", () => {
  it("keeps all hundred keys that four processes add to one session, and nothing else", async () => {
    const place = newPlace();
    const store = await openFileStore(place, { now: () => Date.now() });
    await addFromFourProcesses("file", place, store);
    assert.equal(filesIn(place).length, 2);
  });

  it("opens what it makes to its owner only, whatever folder it was told to make", async () => {
    const place = join(newPlace(), "data", "sessions");
    const store = await openFileStore(place, { now: () => 0 });
    await store.write("session:a", RECORD, await store.write("session:a", RECORD, null));
    for (const path of [place, ...readdirSync(place, { recursive: true }).map((name) => join(place, String(name)))]) {
      const stat = statSync(path);
      assert.equal(stat.mode & 0o777, stat.isDirectory() ? 0o700 : 0o600, path);
    }
  });

  it("names nothing by a key", async () => {
    const { place, store } = await openAt(0);
    await store.write("session:alice", RECORD, null);
    assert.deepEqual(
      filesIn(place).filter((name) => name.includes("alice") || name.includes("session")),
      [],
    );
  });

  it("leaves two files for a record, however often it was written, and none once it is removed", async () => {
    const { place, store } = await openAt(0);
    let version = await store.write("session:a", RECORD, null);
    for (let index = 0; index < 5; index++) version = await store.write("session:a", RECORD, version);
    assert.equal(filesIn(place).length, 2);
    await store.remove("session:a");
    assert.deepEqual(filesIn(place), []);
  });

  it("removes an expired record when it is read", async () => {
    const { place, store, clock } = await openAt(0);
    await store.write("session:a", RECORD, null);
    clock.time = 5000;
    assert.equal(await store.read("session:a"), null);
    assert.deepEqual(filesIn(place), []);
  });

  it("sweeps no more records at once than it is told to", async () => {
    const { place, store, clock } = await openAt(0);
    for (let index = 0; index < 20; index++) await store.write(`session:${index}`, RECORD, null);
    clock.time = 5000;
    let removed = 0;
    const count = () => {
      removed += 1;
    };
    for (const left of [34, 28, 22, 16, 10, 4]) {
      assert.equal(await store.sweep(3, count), true);
      assert.equal(filesIn(place).length, left);
    }
    assert.equal(await store.sweep(3, count), false);
    assert.equal(removed, 20);
    assert.deepEqual(filesIn(place), []);
    await store.close();
  });

  it("sweeps what killed writers have left, but nothing that one may still be at work on", async () => {
    const { place, store, clock } = await openAt(Date.now());
    const record = { value: "1", expiresAt: clock.time + 9 * HOUR_MS };
    const first = await store.write("session:a", record, null);
    const folder = recordFolder(place);
    const past = join(folder, String(first));
    const version = await store.write("session:a", record, first);
    writeFileSync(past, "half");
    writeFileSync(join(folder, `${String(version).split(".")[1]}.AAAABBBBCCCCDDDD.1`), "half");
    mkdirSync(join(place, "drafts", "killed"));
    await store.sweep(100);
    assert.equal(filesIn(folder).length, 3);
    assert.deepEqual(readdirSync(join(place, "drafts")), ["killed"]);
    clock.time += 2 * HOUR_MS;
    await store.write("session:a", record, version);
    await store.sweep(100);
    assert.equal(filesIn(folder).length, 2);
    assert.deepEqual(readdirSync(join(place, "drafts")), []);
  });

  it("makes a record anew where a killed process has left a folder without a token", async () => {
    const { place, store } = await openAt(0);
    const version = await store.write("session:a", RECORD, null);
    const folder = recordFolder(place);
    await store.remove("session:a");
    mkdirSync(folder);
    writeFileSync(join(folder, String(version)), "1\n");
    assert.equal(await store.read("session:a"), null);
    assert.notEqual(await store.write("session:a", { ...RECORD, value: "2" }, null), null);
    assert.equal((await store.read("session:a"))?.value, "2");
    assert.equal(filesIn(place).length, 2);
  });

  it("takes a file that lost its end with the power for no record", async () => {
    const { place, store } = await openAt(0);
    const version = await store.write("session:a", { ...RECORD, value: "12345" }, null);
    truncateSync(join(recordFolder(place), String(version)), 3);
    assert.equal(await store.read("session:a"), null);
    assert.deepEqual(filesIn(place), []);
  });

  it("reads no path out of a version", async () => {
    const { store } = await openAt(0);
    await store.write("session:a", RECORD, null);
    for (const version of ["../../x", "", "new.AAAABBBBCCCCDDDD.5000/..", "new.AAAABBBBCCCCDDDD.5000\0"]) {
      assert.equal(await store.write("session:a", RECORD, version), null);
    }
  });

  it("fails, and does not say that there is no record, when the whole folder is gone", async () => {
    const { place, store } = await openAt(0);
    const version = await store.write("session:a", RECORD, null);
    rmSync(place, { recursive: true });
    await assert.rejects(store.read("session:a"), { code: "ENOENT" });
    await assert.rejects(store.write("session:a", RECORD, null), { code: "ENOENT" });
    await assert.rejects(store.write("session:a", RECORD, version), { code: "ENOENT" });
    await assert.rejects(store.remove("session:a"), { code: "ENOENT" });
    await assert.rejects(store.sweep(1), { code: "ENOENT" });
  });

  it("goes on when somebody has emptied its folder", async () => {
    const { place, store } = await openAt(0);
    await store.write("session:a", RECORD, null);
    for (const name of readdirSync(place)) rmSync(join(place, name), { recursive: true });
    assert.equal(await store.read("session:a"), null);
    assert.notEqual(await store.write("session:a", RECORD, null), null);
  });

  it("fails, and does not say that there is no record, when the folder cannot be read", async () => {
    const { place, store } = await openAt(0);
    await store.write("session:a", RECORD, null);
    const folder = recordFolder(place);
    await store.remove("session:a");
    writeFileSync(folder, "");
    await assert.rejects(async () => store.read("session:a"), { code: "ENOTDIR" });
    await assert.rejects(async () => store.write("session:a", RECORD, null), { code: "ENOTDIR" });
  });
});

describe("openFileStore", () => {
  it("refuses a symbolic link, a file, and a folder that others can open", async () => {
    const [folder, link, file] = [newPlace(), newPlace(), newPlace()];
    mkdirSync(folder, { mode: 0o750 });
    chmodSync(folder, 0o750);
    symlinkSync(folder, link);
    writeFileSync(file, "");
    const refused = (path: string, message: RegExp) =>
      assert.rejects(openFileStore(path, { now: () => 0 }), { code: "SESSION_STORE_UNUSABLE", message });
    await refused(folder, /group or others can open it \(chmod 700/);
    await refused(link, /it is a symbolic link/);
    await refused(file, /cannot keep sessions/);
    await refused(join(file, "below"), /ENOTDIR/);
  });
});

async function openAt(time: number) {
  const clock = { time };
  const place = newPlace();
  return { place, clock, store: await openFileStore(place, { now: () => clock.time }) };
}

/** The names of all files below a folder. */
function filesIn(place: string): readonly string[] {
  const entries = readdirSync(place, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** The folder of the only record. */
function recordFolder(place: string): string {
  const names = readdirSync(place, { recursive: true }).map(String);
  return join(place, names.find((name) => /^..[\\/][0-9a-f]{64}$/.test(name)) ?? "");
}
