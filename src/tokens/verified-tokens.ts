import type { PurposeKeys } from "./signing-keys.ts";
import { verifyJws } from "./verify-jws.ts";

const TOKENS_OF_A_GENERATION = 2500;
/** Longer ones are verified each time: so two generations and their payloads take 10 MB at most. */
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
  /** Those that came lately, and those that came before them. To forget one by one is dearer than to verify. */
  #young: Map<string, Buffer> = new Map();
  #old: ReadonlyMap<string, Buffer> = new Map();

  constructor(keys: PurposeKeys) {
    this.#keys = keys;
  }

  /** How many are remembered. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  /**
   * As `verifyJws`.
   *
   * @returns The payload, or `null` when the token is not signed by us for this purpose.
   */
  verify(token: string): Buffer | null {
    const known = this.#young.get(token);
    if (known !== undefined) return known;
    const payload = this.#old.get(token) ?? ownCopy(verifyJws(token, this.#keys));
    if (payload !== null && token.length <= MAX_TOKEN_LENGTH) this.#remember(token, payload);
    return payload;
  }

  /** Nobody without a key of ours can fill a generation; when it is full, what did not come again since the last one is forgotten. */
  #remember(token: string, payload: Buffer): void {
    if (this.#young.size >= TOKENS_OF_A_GENERATION) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(token, payload);
  }
}

/** The bytes themselves are a piece of a larger block, all of which they would keep. */
function ownCopy(payload: Buffer | null): Buffer | null {
  return payload && Buffer.from(new Uint8Array(payload).buffer);
}
