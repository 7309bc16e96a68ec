import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { after, beforeEach, describe, it, mock } from "node:test";
import { temporaryFolder } from "./temporary-folder.ts";

const { writeFile } = fs;
const [listings, writing, renaming] = [
  mock.method(fs, "readdir"),
  mock.method(fs, "writeFile"),
  mock.method(fs, "rename"),
];
syncBuiltinESMExports();
after(() => {
  for (const { mock } of [listings, writing, renaming]) mock.restore();
  syncBuiltinESMExports();
});
const { RecordFolder } = await import("../../../src/session/stores/record-folder.ts");

const RECORD = { value: "12345", expiresAt: 5000 };
const [A, B, C] = ["AAAABBBBCCCCDDD1", "AAAABBBBCCCCDDD2", "AAAABBBBCCCCDDD3"];
const FIRST = `new.${A}.5000`;
const SECOND = `${A}.${B}.5000`;

let place: string;
let count = 0;
const root = temporaryFolder();
beforeEach(() => {
  count += 1;
  place = join(root, `shard-${count}`, "record");
});

const draft = (): string => join(root, "drafts", String(count));

/** Makes a record where there is none: its shard first. */
async function make(): Promise<string> {
  const folder = new RecordFolder(place);
  return (await folder.create(RECORD, draft())) ?? String(await folder.create(RECORD, draft()));
}

/** A folder that holds these files. */
function folderOf(files: Record<string, string>): InstanceType<typeof RecordFolder> {
  mkdirSync(place, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(place, name), text);
  return new RecordFolder(place);
}

describe("RecordFolder.version", () => {
  it("is what the name of the token says", async () => {
    const other = { "notes.txt": "", "now.": "", "now.x": "", [SECOND]: "2\n" };
    assert.equal(await folderOf({ ...other, [FIRST]: "1\n", [`now.${FIRST}`]: "" }).version(), FIRST);
  });

  it("is null where there is no folder, after one look", async () => {
    listings.mock.resetCalls();
    assert.equal(await new RecordFolder(place).version(), null);
    assert.equal(listings.mock.callCount(), 1);
  });

  it("is looked for three times where files are listed, but no token: its name may be changing", async () => {
    const folder = folderOf({ [FIRST]: "1\n" });
    listings.mock.resetCalls();
    assert.equal(await folder.version(), null);
    assert.equal(listings.mock.callCount(), 3);
  });
});

describe("RecordFolder.value", () => {
  it("is what was written, without the end that says that it is whole", async () => {
    const folder = folderOf({ [FIRST]: "1\n\n", [SECOND]: "\n" });
    assert.deepEqual([await folder.value(FIRST), await folder.value(SECOND)], ["1\n", ""]);
  });

  it("is null where the end is missing, or the file", async () => {
    const folder = folderOf({ [FIRST]: "123" });
    assert.deepEqual([await folder.value(FIRST), await folder.value(SECOND)], [null, null]);
  });
});

describe("RecordFolder.create", () => {
  it("makes a state and a token for its owner only, and leaves no draft", async () => {
    const version = await make();
    assert.match(version, /^new\.[\w-]{16}\.5000$/);
    assert.deepEqual(readdirSync(place).sort(), [version, `now.${version}`].sort());
    assert.equal(readFileSync(join(place, version), "utf8"), "12345\n");
    assert.equal(readFileSync(join(place, `now.${version}`), "utf8"), "");
    const modes = ["", version, `now.${version}`].map((name) => statSync(join(place, name)).mode & 0o777);
    assert.deepEqual(modes, [0o700, 0o600, 0o600]);
    assert.deepEqual(readdirSync(join(root, "drafts")), []);
  });

  it("makes the folders around it one at a time, for their owner only: where the store is gone, that is an error", async () => {
    await new RecordFolder(place).create(RECORD, draft());
    assert.equal(statSync(join(place, "..")).mode & 0o777, 0o700);
    const far = new RecordFolder(join(root, "gone", String(count), "record"));
    await assert.rejects(far.create(RECORD, draft()), { code: "ENOENT" });
    await assert.rejects(far.create(RECORD, join(root, "gone", "drafts", "one")), { code: "ENOENT" });
    assert.deepEqual(readdirSync(join(root, "drafts")), []);
  });

  it("takes something in the way for that, whatever the system calls it, and anything else for a fault", async () => {
    mkdirSync(join(place, ".."));
    for (const code of ["ENOTEMPTY", "EEXIST", "EPERM", "ENOENT"]) {
      renaming.mock.mockImplementationOnce(() => Promise.reject(Object.assign(new Error(code), { code })));
      assert.equal(await new RecordFolder(place).create(RECORD, draft()), null, code);
    }
    renaming.mock.mockImplementationOnce(() => Promise.reject(Object.assign(new Error("full"), { code: "ENOSPC" })));
    await assert.rejects(new RecordFolder(place).create(RECORD, draft()), { code: "ENOSPC" });
    assert.deepEqual(readdirSync(join(root, "drafts")), []);
  });

  it("writes into no file that stands there already", async () => {
    writing.mock.mockImplementationOnce(async (path, text, options) => {
      writeFileSync(String(path), "planted");
      return writeFile(path, text, options);
    });
    await assert.rejects(new RecordFolder(place).create(RECORD, draft()), { code: "EEXIST" });
  });

  it("lets a record that is there be, and takes away what is none", async () => {
    const folder = folderOf({ [FIRST]: "1\n", [`now.${FIRST}`]: "" });
    assert.equal(await folder.create(RECORD, draft()), null);
    assert.deepEqual([await folder.version(), await folder.value(FIRST)], [FIRST, "1"]);
    rmSync(join(place, `now.${FIRST}`));
    assert.equal(await folder.create(RECORD, draft()), null);
    assert.deepEqual(readdirSync(join(place, "..")), []);
    assert.notEqual(await folder.create(RECORD, draft()), null);
    assert.deepEqual(readdirSync(join(root, "drafts")), []);
  });
});

describe("RecordFolder.replace", () => {
  it("moves the token on, and takes the state before away", async () => {
    const folder = folderOf({ [FIRST]: "1\n", [`now.${FIRST}`]: "" });
    const next = String(await folder.replace({ value: "2", expiresAt: 7000 }, FIRST));
    assert.match(next, new RegExp(`^${A}\\.[\\w-]{16}\\.7000$`));
    assert.deepEqual(readdirSync(place).sort(), [next, `now.${next}`].sort());
    assert.equal(statSync(join(place, next)).mode & 0o777, 0o600);
    assert.equal(await folder.value(next), "2");
  });

  it("changes nothing where the token has moved on, or the folder is gone", async () => {
    const folder = folderOf({ [SECOND]: "2\n", [`now.${SECOND}`]: "" });
    assert.equal(await folder.replace(RECORD, FIRST), null);
    assert.deepEqual(readdirSync(place).sort(), [SECOND, `now.${SECOND}`].sort());
    rmSync(place, { recursive: true });
    assert.equal(await folder.replace(RECORD, SECOND), null);
  });

  it("leaves nothing of a state that could not be written", async () => {
    const files = { [FIRST]: "1\n", [`now.${FIRST}`]: "" };
    const folder = folderOf(files);
    writing.mock.mockImplementationOnce(async (path) => {
      writeFileSync(String(path), "half");
      throw Object.assign(new Error("full"), { code: "ENOSPC" });
    });
    await assert.rejects(folder.replace(RECORD, FIRST), { code: "ENOSPC" });
    assert.deepEqual(readdirSync(place).sort(), Object.keys(files).sort());
  });
});

describe("RecordFolder.remove", () => {
  it("takes away what is at this version, with its folder, and nothing else", async () => {
    const files = { [FIRST]: "1\n", [`now.${FIRST}`]: "", [`new.${B}.5000`]: "half" };
    const folder = folderOf(files);
    assert.equal(await folder.remove(SECOND), false);
    assert.deepEqual(readdirSync(place).sort(), Object.keys(files).sort());
    assert.equal(await folder.remove(FIRST), true);
    assert.deepEqual(readdirSync(join(place, "..")), []);
    assert.equal(await folder.remove(FIRST), false);
  });
});

describe("RecordFolder.clear", () => {
  it("takes away states that will never hold, and leaves the one that does, what may follow it, and what is not ours", async () => {
    const may = `${B}.${C}.5000`;
    const folder = folderOf({ [FIRST]: "", [SECOND]: "", [`now.${SECOND}`]: "", [may]: "", "notes.txt": "" });
    await folder.clear();
    assert.deepEqual(readdirSync(place).sort(), [SECOND, `now.${SECOND}`, may, "notes.txt"].sort());
  });

  it("takes away the folder that is no record, unless something of others stands in it", async () => {
    const folder = folderOf({ [FIRST]: "", "notes.txt": "" });
    await folder.clear();
    assert.deepEqual(readdirSync(place), ["notes.txt"]);
    rmSync(join(place, "notes.txt"));
    await folder.clear();
    assert.deepEqual(readdirSync(join(place, "..")), []);
    await folder.clear();
  });
});

describe("a record folder that is none", () => {
  it("is an error in all that is asked of it", async () => {
    mkdirSync(join(place, ".."));
    symlinkSync("record", place);
    const folder = new RecordFolder(place);
    const failed = { code: "ELOOP" };
    await assert.rejects(folder.version(), failed);
    await assert.rejects(folder.value(FIRST), failed);
    await assert.rejects(folder.replace(RECORD, FIRST), failed);
    await assert.rejects(folder.remove(FIRST), failed);
    await assert.rejects(folder.clear(), failed);
  });
});
