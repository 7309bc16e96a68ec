import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, it } from "node:test";
import { OpenedFile } from "../../src/files/opened-file.ts";
import { type FoundFile, type ProvidedFile, StaticFiles } from "../../src/static-files/static-files.ts";
import { CAN_COUNT_HANDLES, openHandles } from "../files/open-handles.ts";
import { temporaryFolder } from "../files/temporary-folder.ts";

describe("StaticFiles", () => {
  const root = temporaryFolder({ "public/a.css": "a {}", "public/js/app.js": "app()", "package/script.js": "own()" });
  const names = ["js", "script.js"];
  let missed = 0;

  function provided(file: string): ProvidedFile {
    return { names, folder: join(root, "package"), file, onMissing: () => (missed += 1) };
  }

  async function contentOf(found: FoundFile | "folder" | undefined): Promise<string | undefined> {
    return typeof found === "object" ? await text(found.file.stream()) : found;
  }

  it("serve a provided file at its public path and nothing else of its folder, with and without a folder of their own", async () => {
    for (const folder of [undefined, join(root, "none"), join(root, "public")]) {
      const files = await StaticFiles.open(folder, [provided("script.js")]);
      assert.equal(await contentOf(await files.find(names)), "own()");
      assert.equal(files.version(names)?.length, 12);
      for (const other of [
        ["script.js"],
        ["js", "script.js", "script.js"],
        ["js"],
        ["js", ""],
        ["package", "script.js"],
      ]) {
        assert.equal(await files.find(other), undefined, other.join("/"));
      }
    }
  });

  it("put a file of the folder before a provided one", async () => {
    const folder = temporaryFolder({ "js/script.js": "mine()" });
    const files = await StaticFiles.open(folder, [provided("script.js")]);
    assert.equal(await contentOf(await files.find(names)), "mine()");
  });

  it("tell when a provided file is asked for and not there", async () => {
    const files = await StaticFiles.open(undefined, [provided("none.js")]);
    assert.equal(await files.find(names), undefined);
    assert.equal(files.version(names), undefined);
    assert.equal(missed, 2);
  });

  it("know a file by what it holds, also once it has changed", async () => {
    const files = await StaticFiles.open(join(root, "public"));
    const version = files.version(["a.css"]);
    const isVersion = async (): Promise<boolean> => {
      const found = await files.find(["a.css"], { version });
      assert.ok(typeof found === "object");
      await found.file.close();
      return found.isVersion;
    };
    assert.deepEqual([await isVersion(), await isVersion()], [true, true]);
    writeFileSync(join(root, "public/a.css"), "a { color: red }");
    assert.equal(await isVersion(), false);
    assert.notEqual(files.version(["a.css"]), version);
  });

  it("read a file once for all who ask for its version", async (test) => {
    const reading = test.mock.method(OpenedFile.prototype, "sha256");
    const files = await StaticFiles.open(join(root, "public"));
    const asked = Array.from({ length: 5 }, () => files.find(["js", "app.js"], { version: "000000000000" }));
    for (const found of await Promise.all(asked)) {
      assert.ok(typeof found === "object" && !found.isVersion);
      await found.file.close();
    }
    assert.equal(reading.mock.callCount(), 1);
    if (CAN_COUNT_HANDLES) assert.equal(openHandles(root), 0);
  });
});
