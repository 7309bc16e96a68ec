import { randomBytes } from "node:crypto";
import { hashApiKey } from "./hash-api-key.ts";

const MARK = "tk_";
const SECRET_BYTES = 24;
const CHECKSUM_CHARACTERS = 8;
const PREFIX_CHARACTERS = 9;
const LAST_CHARACTERS = 4;
const FORM = new RegExp(`^${MARK}[0-9a-f]{${2 * SECRET_BYTES + CHECKSUM_CHARACTERS}}$`);

/** A key that was just made, and what is stored of it. */
export interface NewApiKey {
  /** For its bearer, who is shown it once. It is stored nowhere. */
  readonly key: string;
  /** Its SHA-256 in hex: what it is found under. */
  readonly hash: string;
  /** Its beginning and its end, by which people tell their keys apart. */
  readonly prefix: string;
  readonly lastFour: string;
}

/**
 * Makes an API key that nobody can guess: `tk_`, 192 random bits, and a checksum.
 *
 * By the mark at its front programs that look for leaked secrets recognise it; by its checksum they, and the log, tell it from
 * a text that only looks alike.
 *
 * @example
 * ```ts
 * import { createApiKey, hashApiKey } from "tina4-ts";
 * const { key, hash, prefix, lastFour } = createApiKey();
 * key.length; // 59
 * key.startsWith(prefix) && key.endsWith(lastFour); // true
 * hash === hashApiKey(key); // true
 * ```
 * @see CWE-330
 */
export function createApiKey(): NewApiKey {
  const text = `${MARK}${randomBytes(SECRET_BYTES).toString("hex")}`;
  const key = text + checksum(text);
  return {
    key,
    hash: hashApiKey(key),
    prefix: key.slice(0, PREFIX_CHARACTERS),
    lastFour: key.slice(-LAST_CHARACTERS),
  };
}

/** Tells whether a text wants to be a key of `createApiKey` and cannot be one: it is misspelt, or was cut off. */
export function isMistypedApiKey(text: string): boolean {
  if (!text.startsWith(MARK)) return false;
  return !FORM.test(text) || checksum(text.slice(0, -CHECKSUM_CHARACTERS)) !== text.slice(-CHECKSUM_CHARACTERS);
}

/** Anybody can compute it: it finds mistakes, and proves nothing. */
function checksum(text: string): string {
  return hashApiKey(text).slice(0, CHECKSUM_CHARACTERS);
}
