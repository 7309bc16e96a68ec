import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import fs, {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { loadOrCreateSecretFile } from "../../src/tokens/secret-file.ts";

const LOADER = fileURLToPath(new URL("fixtures/load-secret-file.ts", import.meta.url));
const PROCESSES = 8;

describe("loadOrCreateSecretFile (G01, G04)", () => {
  let root: string;
  let path: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "tina4-secret-"));
    path = join(root, "secrets", "jwt.key");
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  function refuses(flaw: RegExp): void {
    assert.throws(
      () => loadOrCreateSecretFile(path),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, "KEY_FILE_UNUSABLE");
        assert.match(error.message, flaw);
        assert.ok(error.message.includes(path) && error.message.includes("SECRET"), "names the path and the remedy");
        return true;
      },
    );
  }

  function writeKeyFile(content: string | Uint8Array, mode = 0o600): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    chmodSync(path, mode);
  }

  it("makes 64 random bytes for the owner only, in a folder for the owner only, and leaves nothing else", () => {
    const secret = loadOrCreateSecretFile(path);
    assert.equal(secret.length, 64);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.equal(statSync(dirname(path)).mode & 0o777, 0o700);
    assert.deepEqual(readdirSync(dirname(path)), ["jwt.key"]);
  });

  it("gives the same secret again, and another one in another place", () => {
    const secret = loadOrCreateSecretFile(path);
    assert.deepEqual(loadOrCreateSecretFile(path), secret);
    assert.notDeepEqual(loadOrCreateSecretFile(join(root, "other", "jwt.key")), secret);
  });

  it("takes a file that was put there: 64 bytes of whatever value", () => {
    const secret = randomBytes(64);
    writeKeyFile(secret, 0o400);
    assert.deepEqual(loadOrCreateSecretFile(path), secret);
  });

  it("writes nothing where the file is there: its folder may be read-only", () => {
    writeKeyFile(randomBytes(64));
    utimesSync(dirname(path), 0, 0);
    loadOrCreateSecretFile(path);
    assert.equal(statSync(dirname(path)).mtimeMs, 0);
  });

  it("leaves no file open", () => {
    loadOrCreateSecretFile(path);
    const lowestFree = (): number => {
      const file = fs.openSync(path, "r");
      fs.closeSync(file);
      return file;
    };
    const before = lowestFree();
    loadOrCreateSecretFile(path);
    assert.equal(lowestFree(), before);
  });

  it(`gives one and the same secret to ${PROCESSES} processes that start at once`, async () => {
    const children = Array.from({ length: PROCESSES }, () => fork(LOADER));
    await Promise.all(children.map(answerOf));
    const secrets = await Promise.all(
      children.map((child) => {
        child.send(path);
        return answerOf(child);
      }),
    );
    assert.deepEqual(new Set(secrets), new Set([loadOrCreateSecretFile(path).toString("hex")]));
    assert.deepEqual(readdirSync(dirname(path)), ["jwt.key"]);
  });

  it("refuses a file that is empty, half written, or too long", () => {
    for (const bytes of [0, 1, 32, 63, 65, 4096]) {
      writeKeyFile(randomBytes(bytes));
      refuses(new RegExp(`it has ${bytes} bytes instead of 64`));
    }
  });

  it("refuses a file that group or others can read or write", () => {
    for (const mode of [0o644, 0o640, 0o604, 0o620, 0o602, 0o666]) {
      writeKeyFile(randomBytes(64), mode);
      refuses(/group or others can open it/);
    }
  });

  it("asks Windows, which has no modes, for none", (test) => {
    const platform = Object.getOwnPropertyDescriptor(process, "platform") as PropertyDescriptor;
    test.after(() => Object.defineProperty(process, "platform", platform));
    writeKeyFile(randomBytes(64), 0o666);
    Object.defineProperty(process, "platform", { ...platform, value: "win32" });
    assert.equal(loadOrCreateSecretFile(path).length, 64);
  });

  it("refuses a directory", () => {
    mkdirSync(path, { recursive: true });
    refuses(/not a regular file/);
  });

  it("refuses a FIFO without waiting for somebody to write into it", () => {
    mkdirSync(dirname(path));
    execFileSync("mkfifo", ["-m", "600", path]);
    refuses(/not a regular file/);
  });

  it("refuses a symbolic link, even to a file that would be good", () => {
    const target = join(root, "elsewhere.key");
    writeFileSync(target, randomBytes(64), { mode: 0o600 });
    mkdirSync(dirname(path));
    symlinkSync(target, path);
    refuses(/ELOOP/);
  });

  it("refuses a dangling symbolic link and does not write through it", () => {
    const target = join(root, "elsewhere.key");
    mkdirSync(dirname(path));
    symlinkSync(target, path);
    refuses(/ELOOP/);
    assert.deepEqual(readdirSync(root), ["secrets"]);
  });

  it("refuses a place where no file can be made", () => {
    writeFileSync(dirname(path), "a file where the folder should be");
    refuses(/EEXIST|ENOTDIR/);
  });

  it("refuses a folder that takes no file, and says why", (test) => {
    test.mock.method(fs, "openSync", () => {
      throw new Error("ENOSPC: no space left on device");
    });
    refuses(/ENOSPC/);
  });

  it("gives no secret a name before the disk has it", (test) => {
    test.mock.method(fs, "fsyncSync", () => {
      throw new Error("EIO: i/o error");
    });
    refuses(/EIO/);
    assert.deepEqual(readdirSync(dirname(path)), []);
  });

  it("writes into nothing that stands in the place of its draft", (test) => {
    const target = join(root, "elsewhere.key");
    const { openSync } = fs;
    test.mock.method(fs, "openSync", (draft: string, ...how: [string, number]) => {
      symlinkSync(target, draft);
      return openSync(draft, ...how);
    });
    refuses(/ENOENT/);
    assert.deepEqual(readdirSync(root), ["secrets"]);
  });
});

/** What a child says next; its exit code when it says nothing any more. */
async function answerOf(child: ChildProcess): Promise<unknown> {
  const [answer] = await Promise.race([once(child, "message"), once(child, "exit")]);
  return answer;
}
