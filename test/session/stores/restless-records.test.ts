import assert from "node:assert/strict";
import { mkdirSync, readdirSync, rmdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { openFileStore } from "../../../src/session/stores/file-store.ts";
import { RecordFolder } from "../../../src/session/stores/record-folder.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const RECORD = { value: "12345", expiresAt: 5000 };
const MAX_TRIES = 100;

async function openAt(time: number) {
  const place = temporaryFolder();
  const clock = { time };
  return { place, clock, store: await openFileStore(place, { now: () => clock.time }) };
}

describe("a record that others change all the time", () => {
  it("cannot be read: after a hundred tries that is an error, and not that there is none", async (test) => {
    const { place, store } = await openAt(0);
    await store.write("session:a", RECORD, null);
    const [file = ""] = readdirSync(place, { recursive: true })
      .map(String)
      .filter((name) => /[\\/]new\.[^\\/]*$/.test(name));
    truncateSync(join(place, file), 3);
    const remove = test.mock.method(RecordFolder.prototype, "remove", async () => false);
    await assert.rejects(store.read("session:a"), { message: "A record changed too often to be read." });
    assert.equal(remove.mock.callCount(), MAX_TRIES);
  });

  it("cannot be made", async (test) => {
    const { store } = await openAt(0);
    const create = test.mock.method(RecordFolder.prototype, "create", async () => null);
    await assert.rejects(store.write("session:a", RECORD, null), { message: "A record changed too often to be made." });
    assert.equal(create.mock.callCount(), MAX_TRIES);
  });

  it("cannot be removed", async (test) => {
    const { store } = await openAt(0);
    await store.write("session:a", RECORD, null);
    const remove = test.mock.method(RecordFolder.prototype, "remove", async () => false);
    await assert.rejects(store.remove("session:a"), { message: "A record changed too often to be removed." });
    assert.equal(remove.mock.callCount(), MAX_TRIES);
  });
});

describe("a folder that something else stands in", () => {
  it("is swept past what is none of ours, which stays", async () => {
    const { place, store, clock } = await openAt(0);
    await store.write("session:a", RECORD, null);
    mkdirSync(join(place, "zz"));
    mkdirSync(join(place, "00"), { recursive: true });
    for (const name of ["notes.txt", "zz/notes.txt", "00/notes.txt"]) writeFileSync(join(place, name), "");
    clock.time = 5000;
    const removed: string[] = [];
    while (await store.sweep(1, () => void removed.push("record")));
    assert.deepEqual(removed, ["record"]);
    const left = readdirSync(place, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith("notes.txt"));
    assert.deepEqual(left.sort(), [join("00", "notes.txt"), "notes.txt", join("zz", "notes.txt")]);
  });

  it("makes a record fail that cannot be made in it, of which nothing is left", async () => {
    const { place, store } = await openAt(0);
    rmdirSync(join(place, "drafts"));
    writeFileSync(join(place, "drafts"), "");
    await assert.rejects(store.write("session:a", RECORD, null), { code: "ENOTDIR" });
    assert.deepEqual(readdirSync(place), ["drafts"]);
  });

  it("makes a write fail, which is not the answer that somebody else was faster", async () => {
    const place = temporaryFolder();
    const [taken, draft] = [join(place, "taken"), join(place, "draft")];
    writeFileSync(taken, "");
    const folder = new RecordFolder(taken);
    await assert.rejects(folder.replace(RECORD, "new.AAAABBBBCCCCDDDD.5000"), { code: "ENOTDIR" });
    await assert.rejects(folder.create(RECORD, draft), { code: "ENOTDIR" });
    assert.deepEqual(readdirSync(place), ["taken"]);
  });
});
