import type { Claims } from "../claims.ts";
import { Tina4Error } from "../errors.ts";
import { claimsOf } from "./identity.ts";
import { loginChange } from "./login-change.ts";
import { answer, nowOrLater, type Work } from "./now-or-later.ts";
import { PendingSave } from "./pending-save.ts";
import type { SessionChange } from "./session-changes.ts";
import type { SessionContent } from "./session-content.ts";
import type { SessionRecords, StoredSession } from "./session-records.ts";
import type { CookieChange, VisitIds } from "./visit-ids.ts";
import { WorkingCopy } from "./working-copy.ts";

/** What was found when the session of a request was looked up. */
export interface VisitStart {
  readonly ids: VisitIds;
  /** The live session that the cookie names. */
  readonly stored?: StoredSession | undefined;
  /** The key of the session that the cookie names, where another id has replaced that. */
  readonly replaced?: string | undefined;
  /** The route is open to other sites, so it sees an empty session that it cannot write. */
  readonly isSealed?: boolean | undefined;
  /** Why the store could not be read. */
  readonly failure?: Tina4Error | undefined;
}

/**
 * One request with its session, as the framework sees it: who the bearer is, what hangs on the session, which cookie to send.
 * Handlers see the same session as `Session`.
 */
export class SessionVisit {
  readonly #records: SessionRecords;
  readonly #start: VisitStart;
  readonly #copy: WorkingCopy;
  readonly #pending: PendingSave;
  #isClosed = false;

  constructor(records: SessionRecords, start: VisitStart) {
    const { ids, stored = null, replaced } = start;
    this.#records = records;
    this.#start = start;
    this.#copy = new WorkingCopy(stored, records.now);
    this.#pending = new PendingSave({ records, ids, copy: this.#copy, replaced });
  }

  /**
   * What the session holds, to be read only.
   *
   * @throws {HttpError} 503 `STORE_UNAVAILABLE` when the store could not be read.
   */
  get content(): SessionContent {
    return this.#readable().content;
  }

  /** The key of the session in the store; `undefined` while it is not stored. */
  get storedKey(): string | undefined {
    return this.#copy.stored?.key;
  }

  /** Who the bearer is, if the session is authenticated: see `claimsOf`. */
  claims(): Claims | null {
    return claimsOf(this.content);
  }

  /** The id that form tokens which came with this request must be bound to; `null` if there is none. */
  formBinding(): string | null {
    this.#readable();
    return this.#start.ids.presented;
  }

  /** Whether the visitor will have the id that `bindForm` gives now: nobody is told that of a visit which is sealed or over. */
  get canBindForms(): boolean {
    return this.#isOpen && !this.#isClosed;
  }

  /** The id to bind form tokens to that go out with the response: the one that its reader will have by then. */
  bindForm(): string {
    const { stored, hasData } = this.#readable();
    const { ids } = this.#start;
    if (!this.#isOpen || (stored === null && !hasData)) return ids.anonymous();
    return (this.#pending.changesId ? undefined : ids.current) ?? ids.next();
  }

  /**
   * @param place What is changed: an earlier change at this place is forgotten.
   * @param added What the change brings in, for the limit of size.
   */
  change(place: string, change: SessionChange, added?: unknown): void {
    this.#writable().change(place, change, added);
  }

  /**
   * Makes the session that of a bearer who has just proved who they are, under a new id.
   *
   * @throws {Tina4Error} `SESSION_VALUE_INVALID` when the claims name no subject, or cannot be stored.
   */
  login(claims: Claims): void {
    this.#writable().login(loginChange(claims, this.#records.now()), claims);
    this.#pending.rotate();
  }

  /** Names of what ends with this session. */
  get tiedNames(): readonly string[] {
    return this.#readable().tiedNames;
  }

  /**
   * Lets something end with this session. If no session is or will be stored, it is forgotten.
   *
   * @param name How `EndTied` will be told.
   * @param expiresAt When it ends by itself, in milliseconds since 1970.
   */
  tie(name: string, expiresAt: number): void {
    this.#readable();
    if (this.#isOpen) this.#writable().tie(name, expiresAt);
  }

  clear(): void {
    this.#writable().clear();
  }

  regenerate(): void {
    this.#writable();
    this.#pending.rotate();
  }

  destroy(): void {
    this.#writable();
    this.#pending.destroy();
  }

  /** @throws {HttpError} 503 `STORE_UNAVAILABLE`; closing then tries once more. */
  save(): void | Promise<void> {
    return this.#pending.save();
  }

  /**
   * Drops what has changed and was not saved, and allows no further change: for a request that was answered without its handler.
   * The cookie of a new id would never arrive. What was to end still ends.
   */
  abandonChanges(): void {
    this.#isClosed = true;
    this.#pending.abandonChanges();
  }

  /**
   * Ends the visit: saves what has changed, and lets the idle lifetime begin anew where that is due.
   *
   * @returns The cookie to send, if any; a promise only if the store does not answer at once.
   * @throws {HttpError} 503 `STORE_UNAVAILABLE`.
   */
  close(): CookieChange | null | Promise<CookieChange | null> {
    this.#isClosed = true;
    return nowOrLater(this.#close());
  }

  *#close(): Work<CookieChange | null> {
    yield* answer(this.#pending.save());
    const { stored } = this.#copy;
    if (stored !== null) yield* this.#records.extend(stored);
    return this.#isOpen ? this.#start.ids.cookieChange() : null;
  }

  /** Whether anything that happens here can reach the store and the cookie. */
  get #isOpen(): boolean {
    return !(this.#pending.isOver || this.#start.isSealed || this.#start.failure);
  }

  #readable(): WorkingCopy {
    if (this.#start.failure !== undefined) throw this.#start.failure;
    return this.#copy;
  }

  #writable(): WorkingCopy {
    const copy = this.#readable();
    if (this.#start.isSealed) {
      throw new Tina4Error("SESSION_READ_ONLY", "A .crossSite() route sees an empty session and cannot write it.");
    }
    if (this.#isClosed) {
      throw new Tina4Error("SESSION_MISUSED", "The session was saved already: change it before the response is sent.");
    }
    return copy;
  }
}
