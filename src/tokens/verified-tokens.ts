import type { PurposeKeys } from "./signing-keys.ts";
import { verifyJws } from "./verify-jws.ts";

const TOKENS_OF_A_GENERATION = 2500;
/** Longer ones are verified each time: so two generations and their payloads take 15 MB at most. */
const MAX_REMEMBERED_LENGTH = 1024;
/** Of HMAC-SHA256, in base64url. */
const SIGNATURE_LENGTH = 43;

interface GoodToken {
  readonly token: string;
  readonly payload: string;
}

/**
 * Verifies signatures, and knows tokens again that were good before: a client shows the same one with each request.
 *
 * That a signature is good is all that is remembered, with the payload as text. That is parsed anew each time, and so everything
 * that can change is decided anew: whether a token has expired, whether it is revoked, and whether it is for us.
 *
 * @see docs/decisions/0027-a-good-signature-is-remembered.md
 */
export class VerifiedTokens {
  readonly #keys: PurposeKeys;
  /**
   * Those that came lately, and those that came before them, by their signatures: to hash a whole token each time is dear. To
   * forget one by one is dearer than to verify.
   */
  #young: Map<string, GoodToken> = new Map();
  #old: ReadonlyMap<string, GoodToken> = new Map();

  constructor(keys: PurposeKeys) {
    this.#keys = keys;
  }

  /** How many are remembered; one that came back counts twice until its older half is forgotten. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  /**
   * As `verifyJws`.
   *
   * @returns The payload, or `null` when the token is not signed by us for this purpose.
   */
  verify(token: unknown): string | null {
    if (typeof token !== "string") return null;
    const signature = token.slice(-SIGNATURE_LENGTH);
    const known = this.#young.get(signature);
    if (known?.token === token) return known.payload;
    const older = this.#old.get(signature);
    const payload = older?.token === token ? older.payload : verifyJws(token, this.#keys);
    if (payload !== null && token.length <= MAX_REMEMBERED_LENGTH) this.#remember(token, payload);
    return payload;
  }

  /** What did not come again while a generation filled is forgotten. Only tokens that we have signed come here. */
  #remember(token: string, payload: string): void {
    if (this.#young.size >= TOKENS_OF_A_GENERATION) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    // A copy of its own: the token is a piece of its header, all of which it would keep.
    const copy = Buffer.from(token).toString();
    this.#young.set(copy.slice(-SIGNATURE_LENGTH), { token: copy, payload });
  }
}
