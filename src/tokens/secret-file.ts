import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { dirname } from "node:path";
import { randomId } from "../crypto/random-id.ts";
import { Tina4Error } from "../errors.ts";

const SECRET_BYTES = 64;
const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
const GROUP_AND_OTHERS = 0o077;

/** Follows no symbolic link, and does not wait for the other end of a FIFO. */
const READ_WITHOUT_TRAPS = fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK;

/**
 * Reads the secret that an installation has made for itself, or makes it now. Blocks: call it at start only.
 *
 * However many processes start at once, all get the same secret, and none ever sees half of it.
 *
 * @param path The file: 64 random bytes, for its owner only, in a folder that is made for its owner only.
 * @throws {Tina4Error} `KEY_FILE_UNUSABLE` when the file cannot be created or read, is no regular file of 64 bytes, or
 *   is open to group or others.
 * @see CWE-367, CWE-732
 * @example
 * ```ts
 * const keys = createSigningKeys({ secret: loadOrCreateSecretFile("secrets/jwt.key") });
 * ```
 */
export function loadOrCreateSecretFile(path: string): Buffer {
  try {
    if (!fs.existsSync(path)) createSecretFile(path);
    return readSecretFile(path);
  } catch (cause) {
    const { message } = cause as Error;
    const remedy = "Mend that, or set SECRET and no file is needed.";
    throw new Tina4Error("KEY_FILE_UNUSABLE", `The key file "${path}" cannot be used: ${message}. ${remedy}`, {
      cause,
    });
  }
}

/** Writes the whole file under another name first: `link` then either makes it visible at once or finds a winner. */
function createSecretFile(path: string): void {
  fs.mkdirSync(dirname(path), { recursive: true, mode: OWNER_ONLY_FOLDER });
  const draft = `${path}.${randomId(16)}`;
  try {
    fs.writeFileSync(draft, randomBytes(SECRET_BYTES), { flag: "wx", mode: OWNER_ONLY_FILE, flush: true });
    fs.linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

/** Checks the file that is open, not its name: what was checked is what is read. */
function readSecretFile(path: string): Buffer {
  const file = fs.openSync(path, READ_WITHOUT_TRAPS);
  try {
    const stat = fs.fstatSync(file);
    if (!stat.isFile()) throw new Error("it is not a regular file");
    if (stat.size !== SECRET_BYTES) throw new Error(`it has ${stat.size} bytes instead of ${SECRET_BYTES}`);
    if (isOpenToOthers(stat.mode)) throw new Error("group or others can open it (chmod 600 would be right)");
    return fs.readFileSync(file);
  } finally {
    fs.closeSync(file);
  }
}

function isOpenToOthers(mode: number): boolean {
  const hasModes = process.platform !== "win32";
  return hasModes && (mode & GROUP_AND_OTHERS) !== 0;
}
