import { type Claims, subjectOf } from "../claims.ts";
import { randomId } from "../crypto/random-id.ts";
import { Tina4Error } from "../errors.ts";
import type { SessionStore } from "../session/session-store.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import type { AccessTokens } from "../tokens/access-tokens.ts";
import type { SigningKeys } from "../tokens/signing-keys.ts";
import { TIE_CLAIMS } from "../tokens/tie-claims.ts";
import { FamilyStore, type KeptFamily } from "./family-store.ts";
import { type RefreshFamily, rotateFamily, useOf } from "./refresh-family.ts";
import { mintRefreshToken, readRefreshToken } from "./refresh-token.ts";
import type { Revocations } from "./revocations.ts";

const DEFAULT_ACCESS_MINUTES = 15;
const DEFAULT_FAMILY_MINUTES = 10_080;
const MAX_FAMILY_MINUTES = 10 * 366 * 24 * 60;
const FAMILY_ID_BYTES = 16;

export interface RefreshTokensOptions {
  readonly keys: SigningKeys;
  readonly store: SessionStore;
  readonly accessTokens: AccessTokens;
  /** Where the access tokens of a family are ended together with it. Without it they live until they expire. */
  readonly revocations?: Pick<Revocations, "revokeTied"> | undefined;
  /** Minutes that an access token lives; 15. */
  readonly accessMinutes?: number | undefined;
  /** Minutes that a family lasts from its first issue on, over 0, at most ten years; 10,080, which is a week. */
  readonly familyMinutes?: number | undefined;
  /** Is told when a used token came again and its family was ended: for the log. */
  readonly onReuse?: ((event: ReuseEvent) => void) | undefined;
  /** Milliseconds since 1970; the system's clock. */
  readonly now?: (() => number) | undefined;
}

export interface ReuseEvent {
  readonly subject: string | number;
  readonly familyId: string;
}

/** What a login gives to a program that stays. */
export interface TokenPair {
  /** The access token. */
  readonly token: string;
  /** Good for one use. */
  readonly refreshToken: string;
  /** Minutes that the access token lives, as it was issued. */
  readonly expiresIn: number;
}

/** What is looked up when a refresh token is used. */
export interface RefreshOptions {
  /** Loads anew what the access token is to say about the same subject; `null` ends the family. */
  readonly claims?: ((subject: string | number) => Claims | null | Promise<Claims | null>) | undefined;
}

/**
 * Issues access tokens that live for minutes, together with refresh tokens that get new ones for days.
 *
 * A refresh token is used once. All that follow from one login are a family; when a used one comes again, later than a second click
 * would, it was stolen, and the whole family ends. That the store cannot be asked is an `HttpError` 503, never a `null`.
 *
 * @see RFC 9700 §4.14.2
 */
export class RefreshTokens {
  readonly #options: RefreshTokensOptions;
  readonly #families: FamilyStore;
  readonly #accessMinutes: number;
  readonly #familyMs: number;
  readonly #now: () => number;

  /** @throws {Tina4Error} `OPTION_UNKNOWN` or `OPTION_INVALID` when the options make no sense. */
  constructor(options: RefreshTokensOptions) {
    const optional = ["revocations", "accessMinutes", "familyMinutes", "onReuse", "now"];
    refuseUnknownKeys("RefreshTokens", options, ["keys", "store", "accessTokens", ...optional]);
    const { accessMinutes = DEFAULT_ACCESS_MINUTES, familyMinutes = DEFAULT_FAMILY_MINUTES } = options;
    requireMinutes("accessMinutes", accessMinutes);
    requireMinutes("familyMinutes", familyMinutes);
    this.#options = options;
    this.#accessMinutes = accessMinutes;
    this.#familyMs = familyMinutes * 60_000;
    this.#now = options.now ?? Date.now;
    this.#families = new FamilyStore(options.store, this.#familyMs, this.#now);
  }

  /**
   * Starts a family.
   *
   * @param claims Who the bearer is: `sub` or `user_id`, and more. An `exp` can only shorten what is issued, the family included.
   * @param session The tie of the session with which the family is to end.
   * @throws {Tina4Error} `TOKEN_PAYLOAD_INVALID` when the claims name nobody or cannot be carried by a token.
   */
  async issue(claims: Claims, session: string | null = null): Promise<TokenPair> {
    const subject = subjectOf(claims);
    if (subject === null) throw payloadError("name nobody: put in sub or user_id, so that the family can be ended");
    const now = this.#now();
    const id = randomId(FAMILY_ID_BYTES);
    const ties = { [TIE_CLAIMS.family]: id, ...(session !== null && { [TIE_CLAIMS.session]: session }) };
    const tied = { ...claims, auth_time: claims.auth_time ?? this.#options.accessTokens.issueTime(claims), ...ties };
    const access = this.#issueAccess(tied);
    const expiresAt = Math.min(now + this.#familyMs, (claims.exp ?? Number.POSITIVE_INFINITY) * 1000);
    const { text, digest } = mintRefreshToken(id, expiresAt, this.#options.keys.refresh);
    const generation = await this.#families.generationOf(subject);
    const family = { subject, claims: tied, session, generation, current: digest, recent: [] };
    await this.#families.write(id, family, expiresAt, null);
    return { ...access, refreshToken: text };
  }

  /**
   * Uses a refresh token.
   *
   * @param token Anything at all.
   * @returns A new pair, or `null`: it is none of our tokens, expired, used before, or its family has ended. Of parallel uses of one
   *   token a single one gets a pair.
   * @throws {Tina4Error} `TOKEN_PAYLOAD_INVALID` when what `claims` gave names another subject or cannot be carried by a token. Then
   *   the token is not used up.
   */
  async refresh(token: unknown, options: RefreshOptions = {}): Promise<TokenPair | null> {
    refuseUnknownKeys("refreshTokens", options, ["claims"]);
    const presented = readRefreshToken(token, this.#options.keys.refresh, this.#now());
    const kept = presented && (await this.#families.read(presented.familyId));
    if (!presented || !kept) return null;
    const { familyId: id, digest } = presented;
    const use = useOf(kept.family, digest, this.#now());
    if (use === "stolen") await this.#endStolen(id, kept.family);
    if (use !== "first" || (await this.#families.hasEnded(kept.family))) return null;
    const claims = await this.#claimsFor(kept.family, options);
    if (claims === null) {
      await this.endFamily(id);
      return null;
    }
    return this.#rotate(id, kept, claims);
  }

  /**
   * Ends the family of a refresh token, and its access tokens with it.
   *
   * @param token Anything at all: what is none of our tokens, or has expired, ends nothing. One that was used is as good as the last.
   */
  async end(token: unknown): Promise<void> {
    const presented = readRefreshToken(token, this.#options.keys.refresh, this.#now());
    if (presented !== null) await this.endFamily(presented.familyId);
  }

  /** Ends one family, and its access tokens with it. */
  async endFamily(id: string): Promise<void> {
    await this.#options.revocations?.revokeTied("family", id);
    await this.#families.remove(id);
  }

  /** Ends all families of a subject, also one that is being started at this moment. Access tokens are for `Revocations.revokeSubject`. */
  endAllOf(subject: string | number): Promise<void> {
    return this.#families.startGeneration(subject);
  }

  /** Ends all families that are tied to a session. Access tokens are for `Revocations.revokeTied`. */
  endAllTiedTo(session: string): Promise<void> {
    return this.#families.endSession(session);
  }

  #issueAccess(claims: Claims): Pick<TokenPair, "token" | "expiresIn"> {
    const { accessTokens } = this.#options;
    const token = accessTokens.issue(claims, { expiresInMinutes: this.#accessMinutes });
    const { iat, exp } = accessTokens.decode(token) as Required<Pick<Claims, "iat" | "exp">>;
    return { token, expiresIn: (exp - iat) / 60 };
  }

  async #claimsFor(family: RefreshFamily, options: RefreshOptions): Promise<Claims | null> {
    if (options.claims === undefined) return family.claims;
    const claims = (await options.claims(family.subject)) ?? null;
    if (claims === null) return null;
    if (String(subjectOf(claims)) !== String(family.subject)) throw payloadError("name another subject than before");
    const { auth_time } = family.claims;
    const ties = Object.values(TIE_CLAIMS).map((name) => [name, family.claims[name]]);
    return { ...claims, auth_time, ...Object.fromEntries(ties) };
  }

  async #rotate(id: string, { family, version, expiresAt }: KeptFamily, claims: Claims): Promise<TokenPair | null> {
    const access = this.#issueAccess(claims);
    const { text, digest } = mintRefreshToken(id, expiresAt, this.#options.keys.refresh);
    const rotated = rotateFamily(family, digest, claims, this.#now());
    const isWritten = await this.#families.write(id, rotated, expiresAt, version);
    return isWritten ? { ...access, refreshToken: text } : null;
  }

  async #endStolen(id: string, { subject }: RefreshFamily): Promise<void> {
    await this.endFamily(id);
    this.#options.onReuse?.({ subject, familyId: id });
  }
}

function requireMinutes(name: string, minutes: number): void {
  if (typeof minutes !== "number" || !(minutes > 0 && minutes <= MAX_FAMILY_MINUTES)) {
    const allowed = `a number of minutes over 0, at most ${MAX_FAMILY_MINUTES}`;
    throw new Tina4Error("OPTION_INVALID", `${name} is ${allowed}, not ${String(minutes)}.`);
  }
}

function payloadError(flaw: string): Tina4Error {
  return new Tina4Error("TOKEN_PAYLOAD_INVALID", `The claims of a refresh family ${flaw}.`);
}
