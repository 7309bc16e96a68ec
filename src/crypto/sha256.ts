import { hash } from "node:crypto";

/**
 * Hashes what is random already, so that a store can find a session or a key without being able to leak it.
 *
 * Never for passwords: those are guessable, and need a function that is slow.
 *
 * @param data Text counts as UTF-8.
 * @returns 32 bytes, written in this encoding.
 * @example
 * ```ts
 * const storedUnder = sha256(sessionId, "base64url");
 * ```
 */
export function sha256(data: string | Uint8Array, encoding: "base64url" | "hex"): string {
  return hash("sha256", data, encoding);
}
