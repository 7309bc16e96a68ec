import { sha256 } from "../../crypto/sha256.ts";

/**
 * What is stored of an API key: its SHA-256. A key is random, so nobody guesses it back from its hash, and a fast hash is enough.
 *
 * @param key The key as a client sends it.
 * @returns 64 digits of hex, as `createApiKey` and `requireApiKey` give it too.
 * @example
 * ```ts
 * import { hashApiKey } from "tina4-ts";
 * hashApiKey("key-alpha-001"); // "292a9385ddaea44dd9eb81754c5e1eae2f60a90d5a9313fd2bfacce8e862e58f"
 * ```
 * @see OWASP ASVS 6.5.2
 */
export function hashApiKey(key: string): string {
  return sha256(key, "hex");
}
