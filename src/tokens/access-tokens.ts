import type { Claims } from "../claims.ts";
import { Tina4Error } from "../errors.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import { areTimesValid, CLOCK_TOLERANCE_SECONDS } from "./are-times-valid.ts";
import { claimsInForce } from "./claims-in-force.ts";
import { decodeJwt } from "./decode-jwt.ts";
import { signJwt } from "./sign-jwt.ts";
import type { PurposeKeys, SigningKeys } from "./signing-keys.ts";
import { MAX_TOKEN_LENGTH } from "./split-token.ts";
import { assertTokenPayload } from "./token-payload.ts";
import { VerifiedTokens } from "./verified-tokens.ts";

const DEFAULT_EXPIRES_IN_MINUTES = 60;
const MAX_EXPIRES_IN_MINUTES = 100 * 366 * 24 * 60;

export interface AccessTokensOptions {
  readonly keys: SigningKeys;
  /** How long a token lasts unless it is issued with a lifetime of its own: over 0, at most 100 years; 60. */
  readonly expiresInMinutes?: number | undefined;
  /** Written as `iss` into every token, and required of every token. */
  readonly issuer?: string | undefined;
  /** Written as `aud` into every token, and required of every token, alone or in a list. */
  readonly audience?: string | undefined;
  /** The first `iat`, in seconds since 1970, with which the bearer of claims is let in. Any is, unless this is given. */
  readonly earliestIssue?: ((claims: Claims) => number) | undefined;
  /** Milliseconds since 1970; the system's clock. */
  readonly now?: (() => number) | undefined;
}

export interface IssueOptions {
  /** How long this token lasts: over 0, at most 100 years. It is rounded to seconds. */
  readonly expiresInMinutes?: number | undefined;
}

/**
 * Issues and verifies the tokens that a client presents as `Authorization: Bearer …`.
 *
 * @throws {Tina4Error} `OPTION_INVALID` or `OPTION_UNKNOWN` when the options make no sense.
 * @example
 * ```ts
 * const tokens = new AccessTokens({ keys: createSigningKeys({ secret }), expiresInMinutes: 60 });
 * const token = tokens.issue({ sub: 42, role: "admin" });
 * tokens.verify(token)?.sub; // 42
 * ```
 */
export class AccessTokens {
  readonly #keys: PurposeKeys;
  readonly #verified: VerifiedTokens;
  readonly #lifetimeSeconds: number;
  readonly #parties: { readonly iss?: string; readonly aud?: string };
  readonly #earliestIssue: (claims: Claims) => number;
  readonly #now: () => number;

  constructor(options: AccessTokensOptions) {
    refuseUnknownKeys("AccessTokens", options, [
      "keys",
      "expiresInMinutes",
      "issuer",
      "audience",
      "earliestIssue",
      "now",
    ]);
    const { keys, expiresInMinutes = DEFAULT_EXPIRES_IN_MINUTES, issuer, audience, now = Date.now } = options;
    const { earliestIssue = () => Number.NEGATIVE_INFINITY } = options;
    this.#keys = keys.access;
    this.#verified = new VerifiedTokens(keys.access);
    this.#lifetimeSeconds = toSeconds(expiresInMinutes);
    this.#parties = { ...(issuer !== undefined && { iss: issuer }), ...(audience !== undefined && { aud: audience }) };
    this.#earliestIssue = earliestIssue;
    this.#now = now;
  }

  /**
   * Signs a payload, together with the times of issue and expiry.
   *
   * `iat` is always ours, and so are `iss` and `aud` where they are configured. An `exp` in the payload can only
   * shorten the token's life: payloads are put together from request bodies and old claims, and those must not buy time.
   *
   * @throws {Tina4Error} `TOKEN_PAYLOAD_INVALID` when `verify` would not accept the token right away and give the
   *   payload back as it was: it holds what JSON cannot carry, `exp` has passed, `nbf` or `auth_time` lies ahead, or
   *   the token would be longer than 8192 characters.
   * @throws {Tina4Error} `OPTION_INVALID` when the lifetime is out of its range.
   */
  issue(payload: Claims, options: IssueOptions = {}): string {
    refuseUnknownKeys("issue", options, ["expiresInMinutes"]);
    assertTokenPayload(payload);
    const { expiresInMinutes } = options;
    const iat = this.issueTime(payload);
    const latest = iat + (expiresInMinutes === undefined ? this.#lifetimeSeconds : toSeconds(expiresInMinutes));
    const exp = payload.exp === undefined ? latest : Math.min(payload.exp, latest);
    const claims = Object.assign({}, payload, this.#parties, { iat, exp });
    if (!areTimesValid(claims, this.#now())) {
      throw invalid("has an exp that has passed, or an nbf or auth_time that lies ahead. Times are seconds since 1970");
    }
    const token = signJwt(claims, this.#keys);
    if (token.length > MAX_TOKEN_LENGTH) {
      throw invalid(
        `makes a token of ${token.length} characters, over ${MAX_TOKEN_LENGTH}. Put in less: an id will do`,
      );
    }
    return token;
  }

  /**
   * The `iat` of a token that is issued now.
   *
   * @returns Seconds since 1970: this second, or a later one, within the tolerance for clocks, where all tokens of this second have ended.
   */
  issueTime(claims: Claims): number {
    const second = Math.floor(this.#now() / 1000);
    return Math.min(Math.max(second, this.#earliestIssue(claims)), second + CLOCK_TOLERANCE_SECONDS);
  }

  /**
   * Verifies a token. Never throws.
   *
   * @param token Whatever a stranger sent.
   * @returns What the token says, in objects without a prototype; `null` when it is forged, expired, not for us, not an
   *   access token, or anything else but valid. Revocation is not asked about here.
   */
  verify(token: string): Claims | null {
    const payload = this.#verified.verify(token);
    const claims = payload === null ? null : claimsInForce(payload, this.#now());
    return claims && this.#isForUs(claims) ? claims : null;
  }

  /**
   * Reads a token **without any check**: anybody can have written it. Never throws.
   *
   * @returns What the token says, or `null` when it cannot be read.
   */
  decode(token: string): Claims | null {
    return decodeJwt(token);
  }

  #isForUs(claims: Claims): boolean {
    const { iss, aud } = this.#parties;
    if (iss !== undefined && claims.iss !== iss) return false;
    return aud === undefined || claims.aud === aud || (Array.isArray(claims.aud) && claims.aud.includes(aud));
  }
}

function toSeconds(minutes: number): number {
  if (typeof minutes !== "number" || !(minutes > 0 && minutes <= MAX_EXPIRES_IN_MINUTES)) {
    const allowed = `a number of minutes over 0, at most ${MAX_EXPIRES_IN_MINUTES}`;
    throw new Tina4Error("OPTION_INVALID", `expiresInMinutes must be ${allowed}, not ${JSON.stringify(minutes)}.`);
  }
  return Math.max(1, Math.round(minutes * 60));
}

function invalid(flaw: string): Tina4Error {
  return new Tina4Error("TOKEN_PAYLOAD_INVALID", `The token payload ${flaw}.`);
}
