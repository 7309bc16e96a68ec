import type { PurposeKeys } from "./signing-keys.ts";
import { verifyJws } from "./verify-jws.ts";

const MAX_TOKENS = 5000;
/** Longer ones are verified each time: so 5,000 tokens and their payloads take 10 MB at most. */
const MAX_TOKEN_LENGTH = 1024;

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
    if (payload !== null && token.length <= MAX_TOKEN_LENGTH) this.#remember(token, payload);
    return payload;
  }

  /** Who was there first goes first: nobody without a key of ours can fill it. */
  #remember(token: string, payload: Buffer): void {
    if (this.#payloads.size >= MAX_TOKENS) {
      const [oldest] = this.#payloads.keys();
      this.#payloads.delete(oldest as string);
    }
    // Copies of their own: the text is a piece of its header and the bytes of a larger block, all of which they would keep.
    const text = Buffer.from(token, "latin1").toString("latin1");
    this.#payloads.set(text, Buffer.from(new Uint8Array(payload).buffer));
  }
}
