import type { Claims } from "../claims.ts";
import { Tina4Error } from "../errors.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import type { AccessTokens } from "./access-tokens.ts";
import { TIE_CLAIMS } from "./tie-claims.ts";

const DEFAULT_MAX_AGE_MINUTES = 720;

export interface FreshTokensOptions {
  readonly accessTokens: AccessTokens;
  /** How long after its first token a chain of renewed ones ends: over 0; 720. */
  readonly maxAgeMinutes?: number | undefined;
  /** Whether a token was revoked, perhaps by the very request that presented it. Nobody is, unless this is given. */
  readonly isRevoked?: ((claims: Claims) => boolean) | undefined;
  /** Milliseconds since 1970; the system's clock. */
  readonly now?: (() => number) | undefined;
}

/**
 * Renews access tokens: who keeps coming back stays signed in, up to the day's end, without sending a password again.
 *
 * Every token of a chain keeps `auth_time`, the moment of the first one. From that the chain's end is counted, and by that
 * the whole chain is revoked.
 *
 * @throws {Tina4Error} `OPTION_UNKNOWN` or `OPTION_INVALID` when the options make no sense.
 * @see OpenID Connect Core §2 (`auth_time`)
 * @example
 * ```ts
 * const accessTokens = new AccessTokens({ keys: createSigningKeys({ secret }) });
 * const claims = accessTokens.verify(accessTokens.issue({ sub: 42 }));
 * const renewed = claims && new FreshTokens({ accessTokens }).renew(claims);
 * accessTokens.verify(renewed ?? "")?.sub; // 42
 * ```
 */
export class FreshTokens {
  readonly #accessTokens: AccessTokens;
  readonly #maxAgeSeconds: number;
  readonly #isRevoked: (claims: Claims) => boolean;
  readonly #now: () => number;

  constructor(options: FreshTokensOptions) {
    refuseUnknownKeys("FreshTokens", options, ["accessTokens", "maxAgeMinutes", "isRevoked", "now"]);
    const { maxAgeMinutes = DEFAULT_MAX_AGE_MINUTES, isRevoked = () => false, now = Date.now } = options;
    if (!(Number.isFinite(maxAgeMinutes) && maxAgeMinutes > 0)) {
      throw new Tina4Error("OPTION_INVALID", `maxAgeMinutes is a number over 0, not ${String(maxAgeMinutes)}.`);
    }
    this.#accessTokens = options.accessTokens;
    this.#maxAgeSeconds = maxAgeMinutes * 60;
    this.#isRevoked = isRevoked;
    this.#now = now;
  }

  /**
   * Makes the token to send after the one that was presented.
   *
   * @param claims What the presented token says, verified.
   * @returns `null` when it is not to be renewed: it belongs to a refresh family, it was revoked, it does not say when it was
   *   issued, or the new token would end earlier than the presented one.
   */
  renew(claims: Claims): string | null {
    const { iat, exp } = claims;
    if (iat === undefined || exp === undefined) return null;
    if (claims[TIE_CLAIMS.family] !== undefined || this.#isRevoked(claims)) return null;
    const { auth_time: authTime = iat } = claims;
    const now = Math.floor(this.#now() / 1000);
    const end = Math.min(now + (exp - iat), authTime + this.#maxAgeSeconds);
    if (end < exp || end <= now) return null;
    return this.#issue({ ...claims, auth_time: authTime, exp: end }, (end - now) / 60);
  }

  #issue(claims: Claims, expiresInMinutes: number): string | null {
    try {
      return this.#accessTokens.issue(claims, { expiresInMinutes });
    } catch (error) {
      // With `auth_time` a token that was just short enough is too long. The presented one is good for as long as it lasts.
      if (error instanceof Tina4Error && error.code === "TOKEN_PAYLOAD_INVALID") return null;
      throw error;
    }
  }
}
