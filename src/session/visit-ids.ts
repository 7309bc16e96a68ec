import type { AnonymousIds } from "./anonymous-ids.ts";

/** The cookie that a response has to send, and then be `no-store`. With `maxAge` 0 the cookie is to go. */
export interface CookieChange {
  readonly value: string;
  readonly maxAge: 0 | undefined;
}

/** What makes new ids. */
export interface IdMakers {
  readonly makeId: () => string;
  readonly anonymousIds: AnonymousIds;
}

/** What a cookie is the id of; `null` for none of ours. */
export type IdKind = "session" | "anonymous" | null;

/** The ids of one visit: the one that came in the cookie, the one that counts now, and the one that may follow. */
export class VisitIds {
  readonly #cookie: string | undefined;
  readonly #kind: IdKind;
  readonly #makers: IdMakers;
  #current: string | undefined;
  #next: string | undefined;
  #anonymous: string | undefined;
  #isExpired = false;

  /** @param cookie As it was sent; `undefined` without one. */
  constructor(cookie: string | undefined, kind: IdKind, makers: IdMakers) {
    this.#cookie = cookie;
    this.#kind = kind;
    this.#makers = makers;
    if (kind === "session") this.#current = cookie;
    if (kind === "anonymous") this.#anonymous = cookie;
  }

  /** The id that came with the request, if it was one of ours. */
  get presented(): string | null {
    return (this.#kind !== null && this.#cookie) || null;
  }

  /** The id of the session as it is stored. */
  get current(): string | undefined {
    return this.#current;
  }

  /** The id that the session will have once it is saved under a new one. */
  next(): string {
    this.#next ??= this.#makers.makeId();
    return this.#next;
  }

  /** An id of which nobody is told, for what ends as soon as it is stored: the next one stays free. */
  untold(): string {
    return this.#makers.makeId();
  }

  /** Lets the next id be another one than was said before. */
  forgetNext(): void {
    this.#next = undefined;
  }

  moveTo(id: string): void {
    this.#current = id;
    if (this.#next === id) this.#next = undefined;
  }

  /** The session is no more; a next one begins under an id of its own. */
  expire(): void {
    this.#current = undefined;
    this.#next = undefined;
    this.#isExpired = true;
  }

  /** An id for form tokens where there is no session. */
  anonymous(): string {
    this.#anonymous ??= this.#makers.anonymousIds.make();
    return this.#anonymous;
  }

  cookieChange(): CookieChange | null {
    const value = this.#current ?? this.#anonymous;
    if (value !== undefined) return value === this.#cookie ? null : { value, maxAge: undefined };
    return this.#isExpired && this.#cookie !== undefined ? { value: "", maxAge: 0 } : null;
  }
}
