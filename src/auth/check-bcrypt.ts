import { once } from "node:events";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { Tina4Error } from "../errors.ts";

/** bcrypt does not look at what comes after. */
const MAX_PASSWORD_BYTES = 72;

/** Cost 4 to 14: one step more doubles the time, and 14 already takes about two seconds. */
const BCRYPT_HASH = /^\$2[aby]\$(?:0[4-9]|1[0-4])\$[./A-Za-z0-9]{53}$/;

/** `.ts` in the sources, `.js` in the package. */
const EXTENSION = extname(import.meta.url);
const THREAD = new URL(`../auth/bcrypt-thread${EXTENSION}`, import.meta.url);

/** By extension: plain JavaScript needs none of the flags that a thread inherits, and some of them would stop it. */
const THREAD_FLAGS: Readonly<Record<string, string[]>> = { ".js": [] };

/** Tells whether a stored password is a bcrypt hash (`$2a$`, `$2b$` or `$2y$`) of a cost that can be afforded. */
export function isBcryptHash(hash: unknown): hash is string {
  return typeof hash === "string" && BCRYPT_HASH.test(hash);
}

/**
 * Checks a password against a bcrypt hash, so that accounts of another system can move in.
 *
 * bcrypt ignores what follows the 72nd byte and cannot tell `"a\0a"` from `"a"`. Such passwords are always wrong here.
 * The optional package `bcryptjs` computes on the thread it is called in, so it gets one of its own.
 *
 * @param hash A text for which `isBcryptHash` says yes.
 * @param packageName The module that does the work.
 * @throws {Tina4Error} `PACKAGE_MISSING` when `bcryptjs` is not installed.
 * @see CWE-303
 */
export async function checkBcrypt(password: string, hash: string, packageName = "bcryptjs"): Promise<boolean> {
  if (Buffer.byteLength(password) > MAX_PASSWORD_BYTES || password.includes("\0")) {
    return false;
  }
  const moduleUrl = locate(packageName);
  const thread = new Worker(THREAD, { execArgv: THREAD_FLAGS[EXTENSION], workerData: { moduleUrl, password, hash } });
  const [matches] = await once(thread, "message");
  return matches === true;
}

function locate(packageName: string): string {
  try {
    return import.meta.resolve(packageName);
  } catch (cause) {
    throw new Tina4Error(
      "PACKAGE_MISSING",
      `A bcrypt hash can be checked only with the package "${packageName}". Install it with: npm install ${packageName}`,
      { cause },
    );
  }
}
