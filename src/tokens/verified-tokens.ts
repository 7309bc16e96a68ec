import type { PurposeKeys } from "./signing-keys.ts";
import { verifyJws } from "./verify-jws.ts";

const MAX_REMEMBERED = 5000;
/** Longer ones are verified each time, so those that are remembered take 10 MB at most, with their payloads. */
const MAX_REMEMBERED_LENGTH = 1024;

/**
 * Verifies signatures, and knows tokens again that were good before: a client shows the same one with each request.
 *
 * Only the signature is remembered, for the whole text of a token. What it says is read anew each time, and so everything that
 * can change is decided anew: whether it has expired, whether it is revoked, and whether it is for us.
 *
 * @see docs/decisions/0027-a-good-signature-is-remembered.md
 */
export class VerifiedTokens {
  readonly #keys: PurposeKeys;
  readonly #payloads = new Map<string, Buffer>();

  constructor(keys: PurposeKeys) {
    this.#keys = keys;
  }

  /** How many are remembered. */
  get size(): number {
    return this.#payloads.size;
  }

  /**
   * As `verifyJws`.
   *
   * @returns The payload, or `null` when the token is not signed by us for this purpose.
   */
  verify(token: string): Buffer | null {
    const known = this.#payloads.get(token);
    if (known !== undefined) return known;
    const payload = verifyJws(token, this.#keys);
    if (payload !== null && token.length <= MAX_REMEMBERED_LENGTH) this.#remember(token, payload);
    return payload;
  }

  /** The oldest makes room. Only tokens that we have signed come here, so no stranger's drives another out. */
  #remember(token: string, payload: Buffer): void {
    if (this.#payloads.size >= MAX_REMEMBERED) {
      const [oldest] = this.#payloads.keys();
      this.#payloads.delete(oldest as string);
    }
    // A copy of its own: the bytes themselves are a piece of a larger block, all of which they would keep.
    this.#payloads.set(token, Buffer.from(new Uint8Array(payload).buffer));
  }
}
