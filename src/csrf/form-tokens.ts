import { constantTimeEqual } from "../crypto/constant-time-equal.ts";
import { hmacSha256 } from "../crypto/hmac-sha256.ts";
import { randomId } from "../crypto/random-id.ts";
import { sha256 } from "../crypto/sha256.ts";
import { askStore, Tina4Error } from "../errors.ts";
import { KEPT_LONGER_MS, type SessionStore } from "../session/session-store.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import { signJwt } from "../tokens/sign-jwt.ts";
import type { PurposeKeys, SigningKeys } from "../tokens/signing-keys.ts";
import { verifyJwt } from "../tokens/verify-jwt.ts";

const DEFAULT_LIFETIME_SECONDS = 3600;
const MAX_LIFETIME_SECONDS = 31_536_000;
const ID_BYTES = 16;

/** Ours have about 240 characters. */
const MAX_FORM_TOKEN_LENGTH = 512;

export interface FormTokensOptions {
  readonly keys: SigningKeys;
  /** Where it is kept which tokens are spent. */
  readonly store: SessionStore;
  /** As long as an idle session: whole seconds, at most a year; 3600. */
  readonly lifetimeSeconds?: number | undefined;
  /** Whether a token is spent by its first success; true. Otherwise the store is never asked. */
  readonly singleUse?: boolean | undefined;
  /** Milliseconds since 1970; the system's clock. */
  readonly now?: (() => number) | undefined;
}

/** A token that was found valid; nothing in it opens anything. */
export interface ValidFormToken {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * Issues and verifies the tokens that prove a form was printed by us, for the session that sends it.
 *
 * A token has a key and a `typ` of its own, so it can never log anybody in; it is bound by an HMAC of the session's id, so it is
 * worth nothing in another session, and tells nothing about that id.
 *
 * @throws {Tina4Error} `OPTION_UNKNOWN` or `OPTION_INVALID` when the options make no sense.
 * @see CWE-352
 */
export class FormTokens {
  readonly #keys: PurposeKeys;
  readonly #store: SessionStore;
  readonly #lifetimeSeconds: number;
  readonly #singleUse: boolean;
  readonly #now: () => number;

  constructor(options: FormTokensOptions) {
    refuseUnknownKeys("FormTokens", options, ["keys", "store", "lifetimeSeconds", "singleUse", "now"]);
    const { keys, store, lifetimeSeconds = DEFAULT_LIFETIME_SECONDS, singleUse = true, now = Date.now } = options;
    if (!Number.isInteger(lifetimeSeconds) || lifetimeSeconds < 1 || lifetimeSeconds > MAX_LIFETIME_SECONDS) {
      const allowed = `whole seconds from 1 to ${MAX_LIFETIME_SECONDS}`;
      throw new Tina4Error("OPTION_INVALID", `lifetimeSeconds is ${allowed}, not ${String(lifetimeSeconds)}.`);
    }
    this.#keys = keys.form;
    this.#store = store;
    this.#lifetimeSeconds = lifetimeSeconds;
    this.#singleUse = singleUse;
    this.#now = now;
  }

  /**
   * Makes a token for one form. Each is another text, so that no answer shows the same secret twice.
   *
   * @param holderId The id of the session, or the anonymous id of a visitor who has none.
   */
  issue(holderId: string): string {
    const iat = Math.floor(this.#now() / 1000);
    const bound = binding(this.#keys.signing, holderId);
    return signJwt({ jti: randomId(ID_BYTES), bound, iat, exp: iat + this.#lifetimeSeconds }, this.#keys);
  }

  /**
   * Verifies what somebody presented. Never throws.
   *
   * @param token Anything at all.
   * @param holderId The session or anonymous id that came with it; `null` when none did.
   * @returns `null` unless it is one of our form tokens, for this holder, that has not expired. Whether it is spent is not asked here.
   */
  verify(token: unknown, holderId: string | null): ValidFormToken | null {
    if (typeof token !== "string" || token.length > MAX_FORM_TOKEN_LENGTH || holderId === null) return null;
    const claims = verifyJwt(token, this.#keys, this.#now());
    if (claims === null) return null;
    const { jti, bound, exp } = claims;
    if (typeof jti !== "string" || typeof bound !== "string" || exp === undefined) return null;
    const isHolders = this.#keys.verifying.some((key) => constantTimeEqual(binding(key, holderId), bound));
    return isHolders ? { id: jti, expiresAt: exp * 1000 } : null;
  }

  /**
   * Verifies all that a request presents. Never throws.
   *
   * @param presented At least one value; see `presentedFormTokens`.
   * @returns Each token once; `null` when one is not valid or there is none.
   */
  verifyAll(presented: readonly unknown[], holderId: string | null): readonly ValidFormToken[] | null {
    const valid = new Map<string, ValidFormToken>();
    for (const value of presented) {
      const token = this.verify(value, holderId);
      if (token === null) return null;
      valid.set(token.id, token);
    }
    return valid.size === 0 ? null : [...valid.values()];
  }

  /**
   * Spends tokens before the work that they allow. Of any number of requests with one token, a single one succeeds.
   *
   * A success has nothing to do afterwards: the token stays spent until it has expired. So it does when the process dies half-way,
   * because nobody knows then how far the work had come. A failure calls `release`.
   *
   * @returns Whether all of them could be spent; if not, none is.
   * @throws {HttpError} 503 `STORE_UNAVAILABLE`
   */
  async reserve(tokens: readonly ValidFormToken[]): Promise<boolean> {
    if (!this.#singleUse) return true;
    for (const [index, { id, expiresAt }] of tokens.entries()) {
      const record = { value: "{}", expiresAt: expiresAt + KEPT_LONGER_MS };
      const version = await askStore(() => this.#store.write(keyOf(id), record, null));
      if (version === null) {
        await this.release(tokens.slice(0, index));
        return false;
      }
    }
    return true;
  }

  /**
   * Gives reserved tokens back, so that the form can be sent again. Only for who has reserved them.
   *
   * @throws {HttpError} 503 `STORE_UNAVAILABLE`; what was not given back stays spent.
   */
  async release(tokens: readonly ValidFormToken[]): Promise<void> {
    if (!this.#singleUse) return;
    for (const { id } of tokens) await askStore(() => this.#store.remove(keyOf(id)));
  }
}

function binding(key: PurposeKeys["signing"], holderId: string): string {
  return hmacSha256(key, `holder of a form token\n${holderId}`);
}

function keyOf(id: string): string {
  return `form:${sha256(id, "base64url")}`;
}
