import { constantTimeEqual } from "../../crypto/constant-time-equal.ts";
import { hashApiKey } from "./hash-api-key.ts";

/**
 * The keys of a list, hashed. Looking for one takes the same time whether it is the first, the last or none of them.
 *
 * @see CWE-208
 */
export class ListedApiKeys {
  readonly #hashes: readonly string[];

  /** @param keys As clients send them. Where there are none, nobody has one. */
  constructor(keys: readonly string[]) {
    this.#hashes = keys.map(hashApiKey);
  }

  get isEmpty(): boolean {
    return this.#hashes.length === 0;
  }

  /** @param hash What `hashApiKey` makes of the key that was presented. */
  has(hash: string): boolean {
    return this.#hashes.filter((listed) => constantTimeEqual(listed, hash)).length > 0;
  }
}
