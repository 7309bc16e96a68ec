import { randomId } from "../crypto/random-id.ts";
import { storeUnavailable, Tina4Error } from "../errors.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import { AnonymousIds } from "./anonymous-ids.ts";
import { nowOrLater, type Work } from "./now-or-later.ts";
import type { SessionEvent } from "./session-event.ts";
import { isSessionId, SESSION_ID_BYTES, sessionKey } from "./session-key.ts";
import { type EndTied, SessionRecords } from "./session-records.ts";
import type { SessionStore } from "./session-store.ts";
import { SessionVisit } from "./session-visit.ts";
import { type IdKind, type IdMakers, VisitIds } from "./visit-ids.ts";

const DEFAULT_LIFETIME_SECONDS = 3600;
const DEFAULT_MAX_AGE_SECONDS = 43_200;
/** A year: no browser keeps a session that long. */
const MAX_SECONDS = 31_622_400;

export interface SessionsOptions {
  readonly store: SessionStore;
  /** At least 32 bytes, used for nothing else: the MAC of anonymous ids. */
  readonly anonymousKey: Uint8Array;
  /** Keys of before a rotation: anonymous ids made with them are still recognised. Default: none. */
  readonly previousAnonymousKeys?: readonly Uint8Array[] | undefined;
  /** The longest pause between two requests: 1 to 31,622,400 seconds. It may turn out shorter by a 60th. Default: 3600. */
  readonly lifetimeSeconds?: number | undefined;
  /** The longest time after the last login, however busy: 1 to 31,622,400 seconds. Default: 43,200. */
  readonly maxAgeSeconds?: number | undefined;
  /** Ends what was tied to a session that ends. Default: nothing. */
  readonly endTied?: EndTied | undefined;
  /** Is told what no error tells. */
  readonly onEvent?: ((event: SessionEvent) => void) | undefined;
  /** Milliseconds since 1970. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Gives that many random bytes as base64url. Default: the system's secure randomness. */
  readonly random?: ((bytes: number) => string) | undefined;
}

const OPTION_NAMES: readonly (keyof SessionsOptions)[] = [
  "store",
  "anonymousKey",
  "previousAnonymousKeys",
  "lifetimeSeconds",
  "maxAgeSeconds",
  "endTied",
  "onEvent",
  "now",
  "random",
];

/**
 * The sessions of one application.
 *
 * An id is 256 random bits; the store only ever sees its SHA-256. An id that the store does not know is never taken over, and
 * nothing is stored until a handler sets something.
 *
 * @example
 * ```ts
 * const sessions = new Sessions({ store, anonymousKey });
 * const visit = await sessions.open(request.cookies.tina4_session);
 * new Session(visit).set("user_id", 42);
 * const cookieToSend = await visit.close();
 * ```
 * @see CWE-384, CWE-613, ASVS 7.2
 */
export class Sessions {
  readonly #records: SessionRecords;
  readonly #idMakers: IdMakers;

  /** @throws {Tina4Error} `OPTION_UNKNOWN` or `OPTION_INVALID` when an option does not exist or is out of its range. */
  constructor(options: SessionsOptions) {
    refuseUnknownKeys("Sessions", options, OPTION_NAMES);
    const { store, anonymousKey, endTied = () => {}, onEvent = () => {}, now = Date.now, random = randomId } = options;
    const { lifetimeSeconds = DEFAULT_LIFETIME_SECONDS, maxAgeSeconds = DEFAULT_MAX_AGE_SECONDS } = options;
    checkSeconds("lifetimeSeconds", lifetimeSeconds);
    checkSeconds("maxAgeSeconds", maxAgeSeconds);
    this.#records = new SessionRecords({ store, now, lifetimeSeconds, maxAgeSeconds, endTied, onEvent });
    this.#idMakers = {
      makeId: () => random(SESSION_ID_BYTES),
      anonymousIds: new AnonymousIds(anonymousKey, random, options.previousAnonymousKeys),
    };
  }

  /**
   * Begins the visit of one request. Without a cookie, and for one that cannot be of ours, the store is not asked.
   *
   * @param cookie What the session cookie holds; `undefined` without one, or when there are several.
   * @returns The visit; a promise only if the store does not answer at once. It never fails: where the store cannot be read,
   *   the use of the session does.
   */
  open(cookie: string | undefined): SessionVisit | Promise<SessionVisit> {
    if (cookie !== undefined && isSessionId(cookie)) return nowOrLater(this.#find(cookie));
    const isAnonymous = cookie !== undefined && this.#idMakers.anonymousIds.isOurs(cookie);
    return new SessionVisit(this.#records, { ids: this.#ids(cookie, isAnonymous ? "anonymous" : null) });
  }

  /** The visit of a request that other sites may send: its session is empty and cannot be written, whatever the cookie says. */
  openSealed(): SessionVisit {
    return new SessionVisit(this.#records, { ids: this.#ids(undefined, null), isSealed: true });
  }

  /**
   * Ends all sessions of a subject and what was tied to them, also one that a parallel request is just saving.
   *
   * A login that begins afterwards, be it in the same request, is not affected.
   *
   * @param subject As text or number: 42 and "42" are one.
   * @param except The visit whose session stays. Let it change its id.
   * @throws {HttpError} 503 `STORE_UNAVAILABLE`; all of them may not have ended then: ask again.
   */
  endAllOf(subject: string | number, except?: SessionVisit): void | Promise<void> {
    return nowOrLater(this.#endAllOf(String(subject), except?.storedKey));
  }

  /**
   * Until when a session lives if nobody comes back to it.
   *
   * @param key As `SessionVisit.storedKey` gave it.
   * @returns Milliseconds since 1970; `null` when it has ended, or goes on under another id. A promise only if the store does not
   *   answer at once.
   * @throws {HttpError} 503 `STORE_UNAVAILABLE`.
   */
  liveUntil(key: string): number | null | Promise<number | null> {
    return nowOrLater(this.#liveUntil(key));
  }

  *#liveUntil(key: string): Work<number | null> {
    try {
      const found = yield* this.#records.load(key);
      return found === null || found === "rotated" ? null : found.expiresAt;
    } catch (error) {
      throw storeUnavailable(error);
    }
  }

  *#find(cookie: string): Work<SessionVisit> {
    const key = sessionKey(cookie);
    try {
      const found = yield* this.#records.load(key);
      if (found === "rotated") return new SessionVisit(this.#records, { ids: this.#ids(cookie, null), replaced: key });
      const ids = this.#ids(cookie, found && "session");
      return new SessionVisit(this.#records, { ids, stored: found ?? undefined });
    } catch (error) {
      this.#records.tell({ kind: "read-failed", key, error });
      return new SessionVisit(this.#records, { ids: this.#ids(cookie, null), failure: storeUnavailable(error) });
    }
  }

  *#endAllOf(subject: string, except: string | undefined): Work<void> {
    try {
      const keys = yield* this.#records.subjects.takeAll(subject, except);
      for (const key of keys) yield* this.#records.end(key);
      yield* this.#records.subjects.forget(subject, keys);
    } catch (error) {
      throw storeUnavailable(error);
    }
  }

  #ids(cookie: string | undefined, kind: IdKind): VisitIds {
    return new VisitIds(cookie, kind, this.#idMakers);
  }
}

function checkSeconds(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1 || value > MAX_SECONDS) {
    throw new Tina4Error("OPTION_INVALID", `${name} must be a whole number from 1 to ${MAX_SECONDS}, not ${value}.`);
  }
}
