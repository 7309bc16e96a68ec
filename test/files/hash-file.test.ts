import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { hashFile } from "../../src/files/hash-file.ts";
import { openFile } from "../../src/files/open-file.ts";
import { OpenedFile } from "../../src/files/opened-file.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const sha256 = (content: string | Buffer): Buffer => createHash("sha256").update(content).digest();
const LARGE = Buffer.alloc(200_000, "0123456789");

describe("hashFile", () => {
  const root = temporaryFolder({ "a/large.bin": LARGE, "empty.txt": "", "secret.txt": "secret" });

  it("gives the hash of a file and its state, as the opened file does", async () => {
    for (const [names, content] of [
      [["a", "large.bin"], LARGE],
      [["empty.txt"], ""],
    ] as const) {
      const file = await openFile(root, names);
      assert.ok(file instanceof OpenedFile);
      assert.deepEqual(hashFile(root, names), { fingerprint: file.fingerprint, sha256: sha256(content) });
      assert.deepEqual(await file.sha256(), sha256(content));
      await file.close();
    }
  });

  it("reads a file again once its size or its time has changed, and not before", () => {
    const path = join(root, "changing.txt");
    writeFileSync(path, "one");
    utimesSync(path, 1, 1);
    const one = hashFile(root, ["changing.txt"]);
    assert.ok(one !== null);
    assert.equal(hashFile(root, ["changing.txt"], one), one);
    writeFileSync(path, "two");
    utimesSync(path, 1, 1);
    assert.equal(hashFile(root, ["changing.txt"], one), one);
    utimesSync(path, 2, 2);
    assert.deepEqual(hashFile(root, ["changing.txt"], one)?.sha256, sha256("two"));
  });

  it("gives nothing for what is no file of the folder itself", () => {
    mkdirSync(join(root, "b"));
    symlinkSync(join(root, "secret.txt"), join(root, "link.txt"));
    symlinkSync(join(root, "a"), join(root, "b/a"));
    for (const names of [
      ["none"],
      ["a"],
      ["empty.txt", "x"],
      ["link.txt"],
      ["b", "a", "large.bin"],
      ["x".repeat(300)],
    ]) {
      assert.equal(hashFile(root, names), null, names.join("/"));
    }
  });
});
