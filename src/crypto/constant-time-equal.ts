import { timingSafeEqual } from "node:crypto";

/**
 * Compares a secret with a guess in a time that does not tell how much of the guess was right.
 *
 * Texts are compared as UTF-8. Only their lengths can be learned from the time, and those are no secret: what is
 * compared here are digests and tokens of a known length.
 *
 * @param secret What is expected.
 * @param guess What somebody sent.
 * @returns Whether both are the same bytes; `false` at once when their lengths differ.
 * @see CWE-208
 * @example
 * ```ts
 * constantTimeEqual(storedHash, sha256(presentedKey, "hex"));
 * ```
 */
export function constantTimeEqual(secret: string | Uint8Array, guess: string | Uint8Array): boolean {
  const left = typeof secret === "string" ? Buffer.from(secret) : secret;
  const right = typeof guess === "string" ? Buffer.from(guess) : guess;
  return left.byteLength === right.byteLength && timingSafeEqual(left, right);
}
