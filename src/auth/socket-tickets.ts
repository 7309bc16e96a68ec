import type { Claims } from "../claims.ts";
import { randomId } from "../crypto/random-id.ts";
import { sha256 } from "../crypto/sha256.ts";
import { askStore, Tina4Error } from "../errors.ts";
import { KEPT_LONGER_MS, type SessionStore } from "../session/session-store.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import { signJwt } from "../tokens/sign-jwt.ts";
import type { PurposeKeys, SigningKeys } from "../tokens/signing-keys.ts";
import { MAX_TOKEN_LENGTH } from "../tokens/split-token.ts";
import { assertTokenPayload } from "../tokens/token-payload.ts";
import { verifyJwt } from "../tokens/verify-jwt.ts";

const TICKET_SECONDS = 30;
const ID_BYTES = 16;

export interface SocketTicketsOptions {
  readonly keys: SigningKeys;
  /** Where it is kept which tickets were used. */
  readonly store: SessionStore;
  /** Milliseconds since 1970; the system's clock. */
  readonly now?: (() => number) | undefined;
}

/** What a ticket opens. */
export interface SocketTicketOptions {
  /** The one path that the ticket opens; any, unless it is given. */
  readonly path?: string | undefined;
}

/**
 * Issues and takes the tickets that open a WebSocket, where a browser can send no Authorization header.
 *
 * A ticket may stand in a URL, and so in a log: it lives half a minute, opens one connection, and is of no other use.
 *
 * @see RFC 6455 §10.5, CWE-598
 */
export class SocketTickets {
  readonly #keys: PurposeKeys;
  readonly #store: SessionStore;
  readonly #now: () => number;

  /** @throws {Tina4Error} `OPTION_UNKNOWN` when an option does not exist. */
  constructor(options: SocketTicketsOptions) {
    refuseUnknownKeys("SocketTickets", options, ["keys", "store", "now"]);
    this.#keys = options.keys.ticket;
    this.#store = options.store;
    this.#now = options.now ?? Date.now;
  }

  /**
   * Makes a ticket.
   *
   * @param claims What the connection's `user` will be. Its `exp` can only shorten the ticket's life.
   * @throws {Tina4Error} `TOKEN_PAYLOAD_INVALID` when JSON cannot carry the claims, they have expired, or the ticket would be longer
   *   than 8192 characters; `OPTION_UNKNOWN` when an option does not exist.
   */
  issue(claims: Claims, options: SocketTicketOptions = {}): string {
    refuseUnknownKeys("getSocketTicket", options, ["path"]);
    assertTokenPayload(claims);
    const iat = Math.floor(this.#now() / 1000);
    const exp = Math.min(iat + TICKET_SECONDS, claims.exp ?? Number.POSITIVE_INFINITY);
    if (!(exp > iat)) throw payloadError("have expired");
    const payload = { jti: randomId(ID_BYTES), path: options.path, user: { iat, ...claims }, iat, exp };
    assertTokenPayload(payload);
    const ticket = signJwt(payload, this.#keys);
    if (ticket.length > MAX_TOKEN_LENGTH) throw payloadError(`make a ticket of over ${MAX_TOKEN_LENGTH} characters`);
    return ticket;
  }

  /**
   * Takes a ticket, which is then used up. Of any number of connections with one ticket, a single one gets its claims.
   *
   * @param ticket Anything at all.
   * @param path The path of the connection, canonical as it was routed.
   * @returns What the connection's `user` is, with an `iat`, so that revocation can be asked; `null` when the ticket is not valid
   *   here and now. A ticket for another path is not used up.
   * @throws {HttpError} 503 `STORE_UNAVAILABLE`
   */
  async take(ticket: unknown, path: string): Promise<Claims | null> {
    const payload = verifyJwt(ticket, this.#keys, this.#now());
    if (payload === null) return null;
    const { jti, path: onlyPath = path, user, exp } = payload;
    if (onlyPath !== path || typeof jti !== "string" || !isClaims(user) || exp === undefined) return null;
    const key = `ticket:${sha256(jti, "base64url")}`;
    const record = { value: "{}", expiresAt: exp * 1000 + KEPT_LONGER_MS };
    const version = await askStore(() => this.#store.write(key, record, null));
    return version === null ? null : user;
  }
}

function isClaims(value: unknown): value is Claims {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function payloadError(flaw: string): Tina4Error {
  return new Tina4Error("TOKEN_PAYLOAD_INVALID", `The claims ${flaw}.`);
}
