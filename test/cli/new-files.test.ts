import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { NewFiles } from "../../src/cli/new-files.ts";
import { emptyFolder, filesIn } from "./fixtures/initialised-project.ts";

const file = (path: string, mode?: number) => ({ path, text: "new", mode });

function open(test: TestContext) {
  const folder = emptyFolder(test);
  return { folder, files: new NewFiles(join(folder, "site")) };
}

describe("NewFiles", () => {
  it("writes files with the folders above them, readable for those who may", (test) => {
    const { folder, files } = open(test);
    files.write(file("a/b/c.txt"));
    files.write(file("secret", 0o600));
    files.makePrivateFolder("data");
    assert.deepEqual(filesIn(folder), ["site/a/b/c.txt", "site/secret"]);
    const modes = ["site/secret", "site/data"].map((path) => statSync(join(folder, path)).mode & 0o777);
    assert.deepEqual(modes, [0o600, 0o700]);
  });

  it("replaces nothing, and takes away all that it made and nothing else", (test) => {
    const { folder, files } = open(test);
    mkdirSync(join(folder, "site/a"), { recursive: true });
    writeFileSync(join(folder, "site/a/mine.txt"), "mine");
    files.write(file("a/new.txt"));
    files.write(file("b/c/new.txt"));
    writeFileSync(join(folder, "site/b/c/left.db"), "");
    assert.throws(() => files.write(file("a/mine.txt")), { code: "EEXIST" });
    files.removeAll();
    files.removeAll();
    assert.deepEqual(filesIn(folder), ["site/a/mine.txt"]);
    assert.equal(readFileSync(join(folder, "site/a/mine.txt"), "utf8"), "mine");
    assert.throws(() => statSync(join(folder, "site/b")), { code: "ENOENT" });
  });

  it("takes the folder itself away when it was new, with those above it, also when it could not be made", (test) => {
    const folder = emptyFolder(test);
    const files = new NewFiles(join(folder, "a/b/site"));
    files.write(file("c.txt"));
    files.removeAll();
    assert.deepEqual(readdirSync(folder), []);
    const impossible = new NewFiles(join(folder, "a/b", "x".repeat(300)));
    assert.throws(() => impossible.write(file("c.txt")), { code: "ENAMETOOLONG" });
    impossible.removeAll();
    assert.deepEqual(readdirSync(folder), []);
  });

  it("knows what is taken: files, folders, links that lead nowhere, and files where a folder has to be", (test) => {
    const { folder, files } = open(test);
    const paths = ["a.txt", "b", "c", "d/e/f.txt", "g/h.txt", "i.txt"];
    assert.deepEqual(files.taken(paths), []);
    mkdirSync(join(folder, "site/b"), { recursive: true });
    mkdirSync(join(folder, "site/g"));
    writeFileSync(join(folder, "site/a.txt"), "");
    symlinkSync("/nowhere", join(folder, "site/c"));
    writeFileSync(join(folder, "site/d"), "");
    assert.deepEqual(files.taken(paths), ["d", "a.txt", "b", "c"]);
  });

  it("calls the folder itself taken when it is a file", (test) => {
    const { folder, files } = open(test);
    writeFileSync(join(folder, "site"), "");
    assert.deepEqual(files.taken(["a.txt"]), ["."]);
  });
});
