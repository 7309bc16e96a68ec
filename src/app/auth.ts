import type { RefreshOptions, TokenPair } from "../auth/refresh-tokens.ts";
import type { SocketTicketOptions } from "../auth/socket-tickets.ts";
import type { Claims } from "../claims.ts";
import type { Request } from "../http/request.ts";
import type { Services } from "../middleware/services.ts";
import { SessionTies } from "../middleware/session-ties.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import { TIE_CLAIMS } from "../tokens/tie-claims.ts";
import { endTies } from "./end-ties.ts";

/** What a token is issued with. */
export interface GetTokenOptions {
  /** Minutes until the token expires, over 0. Default `TINA4_TOKEN_EXPIRES_IN`. */
  readonly expiresIn?: number;
  /** Ends the token together with the session of this request, if it has one. */
  readonly request?: Request;
}

/** Ends what is issued, and what that opens, together with the session of this request, if it has one. */
export interface IssueTokensOptions {
  readonly request?: Request;
}

/** Tokens, sessions and passwords of one application, under the names that the book gives them. */
export class Auth {
  readonly #services: Services;
  readonly #ties: SessionTies;

  constructor(services: Services) {
    this.#services = services;
    this.#ties = new SessionTies(services);
  }

  /**
   * Issues a signed token that lets its bearer in until it expires.
   *
   * @param payload what the token says; anybody who holds it can read that, so no secrets. `iat` and `exp` are added.
   * @throws {Tina4Error} TOKEN_PAYLOAD_INVALID when the payload cannot be carried by a token.
   * @example
   * ```ts
   * import { Auth } from "tina4-ts";
   * const token = Auth.getToken({ sub: 42, role: "admin" }, { expiresIn: 15 });
   * Auth.validToken(token)?.sub; // 42
   * ```
   * @see RFC 7519
   */
  getToken(payload: Claims, options: GetTokenOptions = {}): string {
    refuseUnknownKeys("Auth.getToken", options, ["expiresIn", "request"]);
    const { expiresIn, request } = options;
    const { accessTokens, revocations } = this.#services;
    const tie = request && { [TIE_CLAIMS.session]: this.#ties.of(request, payload) };
    const token = accessTokens.issue({ ...payload, ...tie }, { expiresInMinutes: expiresIn });
    if (expiresIn !== undefined) revocations?.expectTokenSeconds(expiresIn * 60);
    return token;
  }

  /** The claims of a token whose signature and times are good; `null` for any other. Revocation is asked about by the gate only. */
  validToken(token: string): Claims | null {
    return this.#services.accessTokens.verify(token);
  }

  /** What a token says, **without any check**: anybody can have written it. `null` when it cannot be read. */
  getPayload(token: string): Claims | null {
    return this.#services.accessTokens.decode(token);
  }

  /**
   * Hashes a password for storage. Slow on purpose, and off the main thread.
   *
   * @throws {HttpError} 400 when the password is no text, over 1,024 bytes, or not well-formed; 503 when too many wait.
   * @see OWASP Password Storage Cheat Sheet
   */
  hashPassword(password: string): Promise<string> {
    return this.#services.passwords.hash(password);
  }

  /** Whether a password is the one that was hashed. Pass `null` for an unknown account: it costs the same and is false. */
  checkPassword(password: string, hash: string | null | undefined): Promise<boolean> {
    return this.#services.passwords.check(password, hash);
  }

  /** Whether a stored hash should be made anew at the next login, because today's cost is higher. */
  needsRehash(hash: string): boolean {
    return this.#services.passwords.needsRehash(hash);
  }

  /**
   * Whether a form token was printed by us, for whoever sent this request: a check by hand, which does not spend the token.
   *
   * @throws {HttpError} 503 when the session could not be read.
   */
  async validateFormToken(token: string, request: Request): Promise<boolean> {
    return this.#services.formTokens.verify(token, request.visit?.formBinding() ?? null) !== null;
  }

  /**
   * Logs somebody in: the session of this request is theirs from now on, under a new id.
   *
   * @param claims Who it is: `sub` or `user_id`, and what else `request.user` is to say, such as `role`.
   * @throws {Tina4Error} SESSION_VALUE_INVALID when the claims name nobody or cannot be stored.
   * @throws {HttpError} 503 when the session backend cannot be reached.
   * @see CWE-384
   */
  async login(request: Request, claims: Claims): Promise<void> {
    const visit = request.startVisit();
    visit.login(claims);
    await visit.save();
    request.user = visit.claims();
  }

  /**
   * Logs the sender of this request out: the session ends, and with it the tokens that were tied to it. The cookie expires.
   *
   * A valid Bearer token that the request carries names its refresh family and its session: these end too, also when the session has
   * expired long before.
   *
   * @throws {HttpError} 503 when the session backend cannot be reached; not all may have ended then.
   * @see CWE-613
   */
  async logout(request: Request): Promise<void> {
    const bearer = request.bearerClaims;
    const visit = request.startVisit();
    visit.destroy();
    await visit.save();
    request.user = null;
    if (bearer !== null) await endTies(this.#services, bearer);
  }

  /**
   * Issues an access token that lives for minutes, and a refresh token that gets new ones for days. Start here for apps that keep
   * somebody logged in.
   *
   * @param claims Who it is: `sub` or `user_id`, and more.
   * @throws {Tina4Error} TOKEN_PAYLOAD_INVALID when the claims name nobody or cannot be carried by a token.
   * @throws {HttpError} 503 when the session backend cannot be reached.
   * @see RFC 9700 §4.14
   */
  async issueTokens(claims: Claims, options: IssueTokensOptions = {}): Promise<TokenPair> {
    refuseUnknownKeys("Auth.issueTokens", options, ["request"]);
    const { request } = options;
    return await this.#services.refreshTokens.issue(
      claims,
      request === undefined ? null : this.#ties.of(request, claims),
    );
  }

  /**
   * Uses a refresh token, which is worth nothing afterwards.
   *
   * @returns A new pair; `null` when the token is not good: to log in again is all that is left then.
   * @throws {HttpError} 503 when the session backend cannot be reached: the token may still be good.
   */
  refreshTokens(refreshToken: string, options: RefreshOptions = {}): Promise<TokenPair | null> {
    return this.#services.refreshTokens.refresh(refreshToken, options);
  }

  /**
   * Logs out whoever holds a refresh token: it and all that came from the same login end, access tokens included.
   *
   * @param refreshToken Junk, `null`, and a token that has expired or ended already, end nothing.
   * @throws {HttpError} 503 when the session backend cannot be reached: the tokens may still be good.
   * @example
   * ```ts
   * import { Auth, post } from "tina4-ts";
   * post("/logout", async (request) => {
   *   await Auth.endTokens(request.body.refreshToken);
   *   return { logged_out: true };
   * }).noAuth().crossSite();
   * ```
   * @see RFC 7009
   */
  endTokens(refreshToken: unknown): Promise<void> {
    return this.#services.refreshTokens.end(refreshToken);
  }

  /**
   * Logs a subject out everywhere: sessions, refresh tokens and all Bearer tokens that were issued until now end.
   *
   * @param subject The `sub` or `user_id` of their claims; 42 and "42" are one.
   * @throws {HttpError} 503 when the session backend cannot be reached; not all may have ended then.
   * @see CWE-613
   */
  async revokeAll(subject: string | number): Promise<void> {
    const { revocations, refreshTokens, sessions } = this.#services;
    await revocations?.revokeSubject(subject);
    await refreshTokens.endAllOf(subject);
    await sessions.endAllOf(subject);
  }

  /**
   * Makes a ticket that opens one WebSocket within half a minute, for browsers, which can send no Authorization header there.
   *
   * @throws {Tina4Error} TOKEN_PAYLOAD_INVALID when the claims cannot be carried by a ticket.
   */
  async getSocketTicket(claims: Claims, options: SocketTicketOptions & IssueTokensOptions = {}): Promise<string> {
    const { request, ...others } = options;
    const tie = request && { [TIE_CLAIMS.session]: this.#ties.of(request, claims) };
    return this.#services.socketTickets.issue({ ...claims, ...tie }, others);
  }
}
