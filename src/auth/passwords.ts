import { randomBytes, timingSafeEqual } from "node:crypto";
import { availableParallelism } from "node:os";
import { HttpError, Tina4Error } from "../errors.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import { isWellFormed } from "../text/well-formed.ts";
import { checkBcrypt, isBcryptHash } from "./check-bcrypt.ts";
import { formatPasswordHash, MAX_ITERATIONS, type PasswordHash, parsePasswordHash } from "./password-hash.ts";
import { type DeriveKey, pbkdf2 } from "./pbkdf2.ts";
import { WorkQueue } from "./work-queue.ts";

const MIN_ITERATIONS = 600_000;
const SALT_BYTES = 16;
const KEY_BYTES = 32;
const MAX_PASSWORD_BYTES = 1024;
/** What libuv starts when `UV_THREADPOOL_SIZE` says nothing, and what it starts at most. */
const DEFAULT_THREADS = 4;
const MAX_THREADS = 1024;
const DEFAULT_QUEUE_LIMIT = 64;
const MAX_QUEUE_LIMIT = 10_000;

export interface PasswordsOptions {
  /** Rounds for a new hash, 600,000 to 2,000,000. Default: 600,000. */
  readonly iterations?: number | undefined;
  /** Threads that Node.js has for files, names and keys, 1 to 1024. Default: 4. */
  readonly threadPoolSize?: number | undefined;
  /** Processes that share the cores, at least 1. Default: 1. */
  readonly processes?: number | undefined;
  /** Computations at once, 1 to 1024. Default: this process's share of the cores less one, within `threadPoolSize`, at least one. */
  readonly concurrency?: number | undefined;
  /** Calls that may wait, 0 to 10,000. Default: 64; on one core the last of them waits about 15 seconds. */
  readonly queueLimit?: number | undefined;
  readonly deriveKey?: DeriveKey | undefined;
  readonly checkBcrypt?: ((password: string, hash: string) => Promise<boolean>) | undefined;
  readonly randomBytes?: ((size: number) => Uint8Array) | undefined;
}

const OPTION_NAMES: readonly (keyof PasswordsOptions)[] = [
  "iterations",
  "threadPoolSize",
  "processes",
  "concurrency",
  "queueLimit",
  "deriveKey",
  "checkBcrypt",
  "randomBytes",
];

/**
 * Turns passwords into hashes that are costly to guess, and checks them, off the main thread and a few at a time.
 *
 * A password is text of 1 to 1,024 bytes in UTF-8. Whatever else comes in is refused before any work is done.
 *
 * @example
 * ```ts
 * const passwords = new Passwords();
 * const hash = await passwords.hash("correct horse"); // "pbkdf2_sha256$600000$…$…"
 * await passwords.check("correct horse", hash); // true
 * ```
 * @see CWE-916
 */
export class Passwords {
  readonly #iterations: number;
  readonly #queue: WorkQueue;
  readonly #deriveKey: DeriveKey;
  readonly #checkBcrypt: (password: string, hash: string) => Promise<boolean>;
  readonly #randomBytes: (size: number) => Uint8Array;
  readonly #nobody: PasswordHash;

  /** @throws {Tina4Error} `OPTION_UNKNOWN` or `OPTION_INVALID` when an option does not exist or is out of its range. */
  constructor(options: PasswordsOptions = {}) {
    refuseUnknownKeys("Passwords", options, OPTION_NAMES);
    const { iterations = MIN_ITERATIONS, threadPoolSize = DEFAULT_THREADS, queueLimit = DEFAULT_QUEUE_LIMIT } = options;
    requireWholeNumber("iterations", iterations, MIN_ITERATIONS, MAX_ITERATIONS);
    requireWholeNumber("threadPoolSize", threadPoolSize, 1, MAX_THREADS);
    requireWholeNumber("queueLimit", queueLimit, 0, MAX_QUEUE_LIMIT);
    const { processes = 1 } = options;
    requireWholeNumber("processes", processes, 1, MAX_THREADS);
    const share = Math.floor((Math.min(availableParallelism(), threadPoolSize * processes) - 1) / processes);
    const { concurrency = Math.max(1, share) } = options;
    requireWholeNumber("concurrency", concurrency, 1, MAX_THREADS);

    this.#iterations = iterations;
    this.#queue = new WorkQueue({ concurrency, queueLimit });
    this.#deriveKey = options.deriveKey ?? pbkdf2;
    this.#checkBcrypt = options.checkBcrypt ?? checkBcrypt;
    this.#randomBytes = options.randomBytes ?? randomBytes;
    this.#nobody = { iterations, salt: this.#newSalt(), key: this.#randomBytes(KEY_BYTES) };
  }

  /**
   * Makes the text to store for a new password.
   *
   * @param password What the user chose, as it came in.
   * @returns `pbkdf2_sha256$600000$<salt>$<key>`: 118 characters, another text at every call.
   * @throws {HttpError} 400 `PASSWORD_UNUSABLE` when it is no password; 503 `BUSY` when too many calls wait already.
   */
  async hash(password: unknown): Promise<string> {
    if (!isUsable(password)) {
      throw new HttpError(400, `A password is well-formed text of 1 to ${MAX_PASSWORD_BYTES} bytes.`, {
        code: "PASSWORD_UNUSABLE",
      });
    }
    const iterations = this.#iterations;
    const salt = this.#newSalt();
    const key = await this.#queue.run(() => this.#deriveKey(password, salt, iterations));
    return formatPasswordHash({ iterations, salt, key });
  }

  /**
   * Tells whether this is the password that was hashed.
   *
   * Where there is no account, pass `null` or `undefined` as the hash: that costs as much time as a wrong password, so
   * that the time does not tell which accounts exist. A hash that cannot be read is `false` at once. A bcrypt hash takes
   * the time that its cost asks for: replace it at the first login, as `needsRehash` says.
   *
   * @param password What the user typed, as it came in; what cannot be a password is `false` at once.
   * @param hash The stored text: ours, one of an older Tina4, or bcrypt.
   * @throws {HttpError} 503 `BUSY` when too many calls wait already.
   * @throws {Tina4Error} `PACKAGE_MISSING` for a bcrypt hash when the package `bcryptjs` is not installed.
   * @see CWE-208
   */
  async check(password: unknown, hash: unknown): Promise<boolean> {
    if (!isUsable(password)) {
      return false;
    }
    if (isBcryptHash(hash)) {
      return this.#queue.run(() => this.#checkBcrypt(password, hash));
    }
    const stored = hash === null || hash === undefined ? this.#nobody : parsePasswordHash(hash);
    return stored !== null && this.#queue.run(() => this.#matches(password, stored));
  }

  /**
   * Tells whether a stored text was made with other parameters than a new one would be: after a successful check, hash
   * the password anew and store that.
   *
   * @param hash The stored text; what cannot be read needs a new hash too.
   */
  needsRehash(hash: unknown): boolean {
    const stored = parsePasswordHash(hash);
    return stored?.iterations !== this.#iterations || stored.salt.length !== 2 * SALT_BYTES;
  }

  #newSalt(): string {
    return Buffer.from(this.#randomBytes(SALT_BYTES)).toString("hex");
  }

  async #matches(password: string, stored: PasswordHash): Promise<boolean> {
    const key = await this.#deriveKey(password, stored.salt, stored.iterations);
    const matches = timingSafeEqual(key, stored.key);
    if (!matches && stored.iterations < this.#iterations) {
      // A wrong guess at an older, cheaper hash takes as long as one at an account that does not exist.
      await this.#deriveKey(password, stored.salt, this.#iterations - stored.iterations);
    }
    return matches;
  }
}

/** Half a surrogate pair turns into U+FFFD on its way to bytes: different passwords would become the same. */
function isUsable(password: unknown): password is string {
  return (
    typeof password === "string" &&
    password !== "" &&
    Buffer.byteLength(password) <= MAX_PASSWORD_BYTES &&
    isWellFormed(password)
  );
}

function requireWholeNumber(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new Tina4Error("OPTION_INVALID", `${name} is a whole number from ${least} to ${most}, not ${String(value)}.`);
  }
}
