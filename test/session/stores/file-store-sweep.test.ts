import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { basename, join } from "node:path";
import { after, describe, it, mock } from "node:test";
import { sha256 } from "../../../src/crypto/sha256.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const { rename } = fs;
const [listing, looking, renaming] = [mock.method(fs, "opendir"), mock.method(fs, "stat"), mock.method(fs, "rename")];
syncBuiltinESMExports();
after(() => {
  for (const { mock } of [listing, looking, renaming]) mock.restore();
  syncBuiltinESMExports();
});
const { openFileStore } = await import("../../../src/session/stores/file-store.ts");
const { RecordFolder } = await import("../../../src/session/stores/record-folder.ts");

const RECORD = { value: "1", expiresAt: 5000 };
const NAME = sha256("session:a", "hex");
const WRITTEN = 1_700_000_000;
const HOUR_MS = 3_600_000;

async function openAt(time: number) {
  const place = temporaryFolder();
  const clock = { time };
  return { place, clock, store: await openFileStore(place, { now: () => clock.time }) };
}

/** A draft that was begun at the second `WRITTEN`. */
function beginDraft(place: string): string {
  const draft = join(place, "drafts", "begun");
  mkdirSync(draft);
  writeFileSync(join(draft, "half"), "");
  utimesSync(draft, WRITTEN, WRITTEN);
  return draft;
}

describe("where a record stands", () => {
  it("is a folder named by the hash of its key, in one named by the first two digits of that", async () => {
    const { place, store } = await openAt(0);
    await store.write("session:a", RECORD, null);
    assert.equal(existsSync(join(place, NAME.slice(0, 2), NAME)), true);
  });

  it("is a draft with a random name until it is complete", async (test) => {
    const { place, store } = await openAt(0);
    const create = test.mock.method(RecordFolder.prototype, "create", async () => "new.AAAABBBBCCCCDDDD.5000");
    for (const _ of [1, 2]) await store.write("session:a", RECORD, null);
    const drafts = create.mock.calls.map(({ arguments: [, draft] }) => String(draft));
    assert.equal(new Set(drafts).size, 2);
    for (const draft of drafts) {
      assert.match(basename(draft), /^[\w-]{16}$/);
      assert.equal(draft, join(place, "drafts", basename(draft)));
    }
  });
});

describe("a sweep of a FileStore", () => {
  it("takes nothing for a record that is not named like one", async () => {
    const { place, store, clock } = await openAt(0);
    const shard = NAME.slice(0, 2);
    const strange = [`x${shard}/${NAME}`, `${shard}x/${NAME}`, `${shard}/x${NAME}`, `${shard}/${NAME}x`];
    for (const path of strange) {
      mkdirSync(join(place, path), { recursive: true });
      writeFileSync(join(place, path, "now.new.AAAABBBBCCCCDDDD.5000"), "");
    }
    clock.time = 5000;
    const removed: string[] = [];
    assert.equal(await store.sweep(100, () => removed.push("record")), false);
    assert.deepEqual(removed, []);
    for (const path of strange) assert.equal(readdirSync(join(place, path)).length, 1);
  });

  it("takes a draft away an hour after it was begun, and counts it for no record", async () => {
    const { place, store, clock } = await openAt(WRITTEN * 1000 + HOUR_MS - 1);
    const draft = beginDraft(place);
    const removed: string[] = [];
    await store.sweep(100, () => removed.push("record"));
    assert.equal(existsSync(draft), true);
    clock.time += 1;
    await store.sweep(100, () => removed.push("record"));
    assert.deepEqual([readdirSync(join(place, "drafts")), removed], [[], []]);
  });

  it("lets a draft go that is complete just before it is looked at, or just before it is taken away", async () => {
    const { place, store } = await openAt(WRITTEN * 1000 + HOUR_MS);
    beginDraft(place);
    looking.mock.mockImplementationOnce(async (path): Promise<never> => {
      rmSync(String(path), { recursive: true });
      throw Object.assign(new Error("gone"), { code: "ENOENT" });
    });
    assert.equal(await store.sweep(100), false);
    beginDraft(place);
    renaming.mock.mockImplementationOnce(async (from, to) => {
      rmSync(String(from), { recursive: true });
      return rename(from, to);
    });
    assert.equal(await store.sweep(100), false);
    assert.deepEqual(readdirSync(join(place, "drafts")), []);
  });

  it("says how many records it may look at, the live ones included, and starts anew at the end", async () => {
    const { store } = await openAt(0);
    for (const name of ["a", "b", "c"]) await store.write(`session:${name}`, RECORD, null);
    const answers: boolean[] = [];
    for (const limit of [2, 1, 1, 3, 1]) answers.push(await store.sweep(limit));
    assert.deepEqual(answers, [true, true, false, true, false]);
  });

  it("holds no folder open once the store is closed, and starts anew if it is asked again", async () => {
    const { store } = await openAt(0);
    for (const name of ["a", "b", "c"]) await store.write(`session:${name}`, RECORD, null);
    listing.mock.resetCalls();
    assert.equal(await store.sweep(1), true);
    await store.close();
    const opened = await Promise.all(listing.mock.calls.map(({ result }) => result));
    assert.ok(opened.length >= 2);
    for (const folder of opened) await assert.rejects(async () => folder?.read(), { code: "ERR_DIR_CLOSED" });
    assert.equal(await store.sweep(3), true);
    await store.close();
    await store.close();
  });
});
