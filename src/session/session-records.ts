import { storeUnavailable, Tina4Error } from "../errors.ts";
import { bearerOf } from "./identity.ts";
import { KeyQueue } from "./key-queue.ts";
import { answer, type Work } from "./now-or-later.ts";
import type { SessionContent } from "./session-content.ts";
import type { SessionEvent } from "./session-event.ts";
import { readRecord, type SessionMark, writeRecord } from "./session-record.ts";
import { MAX_WRITE_ATTEMPTS, type SessionStore } from "./session-store.ts";
import { SubjectIndex } from "./subject-index.ts";

/** 1 MB, of a whole session as it is stored. */
export const MAX_SESSION_BYTES = 1_048_576;

const MARK_SECONDS = 60;
/** A session is given its new end once a 60th of its idle lifetime has passed: every minute, for an hour. */
const EXTENSIONS_PER_LIFETIME = 60;

/**
 * Ends what hangs on a session: refresh families, tokens. It may be asked again for what has ended already.
 *
 * @param names As they were given to `SessionVisit.tie`.
 */
export type EndTied = (names: readonly string[]) => void | Promise<void>;

interface SessionState {
  readonly key: string;
  readonly version: string;
}

/** A live session, as the store has it. */
export interface StoredSession extends SessionState {
  readonly expiresAt: number;
  /** How large it is there. */
  readonly bytes: number;
  readonly content: SessionContent;
}

export interface SessionRecordsOptions {
  readonly store: SessionStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly lifetimeSeconds: number;
  readonly maxAgeSeconds: number;
  readonly endTied: EndTied;
  readonly onEvent: (event: SessionEvent) => void;
}

/** The records of sessions in a store: what is live, what has ended, and until when. */
export class SessionRecords {
  readonly subjects: SubjectIndex;
  readonly saves: KeyQueue = new KeyQueue();
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly #options: SessionRecordsOptions;

  constructor(options: SessionRecordsOptions) {
    this.#options = options;
    this.now = options.now;
    this.subjects = new SubjectIndex(options.store, options.now);
  }

  tell(event: SessionEvent): void {
    this.#options.onEvent(event);
  }

  /** When a session of this content ends, whatever its bearer does: milliseconds since 1970. */
  endsAt({ createdAt }: SessionContent): number {
    return createdAt + this.#options.maxAgeSeconds * 1000;
  }

  /** @returns The live session; `rotated` for an id that another one has just replaced; `null` for any other. */
  *load(key: string): Work<StoredSession | "rotated" | null> {
    const { store, now } = this.#options;
    const record = yield* answer(store.read(key));
    if (record === null) return null;
    const session = readRecord(record.value);
    if (session === null) {
      this.tell({ kind: "record-unreadable", key });
      return null;
    }
    if (session.mark !== undefined) return session.mark === "rotated" ? "rotated" : null;
    if (record.expiresAt <= now() || this.endsAt(session.content) <= now()) {
      yield* this.remove(key);
      return null;
    }
    if (session.replaces !== undefined && isLive(yield* this.load(session.replaces))) return null;
    const { version, expiresAt, value } = record;
    return { key, version, expiresAt, bytes: Buffer.byteLength(value), content: session.content };
  }

  /**
   * @param version Of the record that is overwritten; `null` for a new one.
   * @param replaces The key of a live session, until which is marked as rotated this one does not count.
   * @returns `null` when somebody else was faster.
   * @throws {Tina4Error} `SESSION_TOO_LARGE` before anything is written.
   */
  *write(key: string, content: SessionContent, version: string | null, replaces?: string): Work<StoredSession | null> {
    const value = writeRecord({ content, replaces });
    const bytes = Buffer.byteLength(value);
    if (bytes > MAX_SESSION_BYTES) throw tooLarge();
    const expiresAt = this.#expiryOf(content);
    const written = yield* answer(this.#options.store.write(key, { value, expiresAt }, version));
    return written === null ? null : { key, version: written, expiresAt, bytes, content };
  }

  /**
   * Replaces a session by a mark that it is no more, unless it has changed since it was read.
   *
   * @param successor The key under which it goes on.
   */
  *mark({ key, version }: SessionState, mark: SessionMark, successor?: string): Work<boolean> {
    const record = { value: writeRecord({ mark, successor }), expiresAt: this.now() + MARK_SECONDS * 1000 };
    return (yield* answer(this.#options.store.write(key, record, version))) !== null;
  }

  *remove(key: string): Work<void> {
    yield* answer(this.#options.store.remove(key));
  }

  /**
   * Ends a session and what was tied to it, also what a parallel request ties to it at this moment.
   *
   * The tied things end first: if this fails half way, the session is still there and can be ended again.
   *
   * @param isLogout Whether it is followed to where another request has moved it, and taken off the list of its subject.
   */
  *end(key: string, isLogout = false): Work<void> {
    let at = key;
    for (let attempt = 0; attempt < MAX_WRITE_ATTEMPTS; attempt += 1) {
      const record = yield* answer(this.#options.store.read(at));
      const session = record && readRecord(record.value);
      if (!record || !session) return;
      if (session.mark === undefined) {
        yield* this.endTied([...session.content.tied.keys()]);
        const hasEnded = yield* this.mark({ key: at, version: record.version }, "ended");
        if (hasEnded && isLogout) yield* this.forget(at, session.content);
        if (hasEnded) return;
      } else if (isLogout && session.successor !== undefined) {
        at = session.successor;
      } else {
        return;
      }
    }
    throw storeUnavailable(new Error("Too many parallel writes to one session."));
  }

  /** Takes a session that is no more off the list of the subject whose it was. */
  *forget(key: string, { data }: SessionContent): Work<void> {
    const subject = bearerOf(data);
    if (subject !== null) yield* this.subjects.forget(subject, [key]);
  }

  *endTied(names: readonly string[]): Work<void> {
    if (names.length > 0) yield* answer(this.#options.endTied(names));
  }

  /** Lets an idle lifetime begin anew where that is due. Somebody who writes at the same time does the same. */
  *extend({ key, content, version, expiresAt }: StoredSession): Work<void> {
    const gained = this.#expiryOf(content) - expiresAt;
    if (gained * EXTENSIONS_PER_LIFETIME < this.#options.lifetimeSeconds * 1000) return;
    try {
      yield* this.write(key, content, version);
    } catch (error) {
      this.tell({ kind: "extend-failed", key, error });
    }
  }

  #expiryOf(content: SessionContent): number {
    return Math.min(this.now() + this.#options.lifetimeSeconds * 1000, this.endsAt(content));
  }
}

export function tooLarge(): Tina4Error {
  const limit = `${MAX_SESSION_BYTES} bytes`;
  return new Tina4Error(
    "SESSION_TOO_LARGE",
    `A session holds at most ${limit} of JSON. Keep large data in a database.`,
  );
}

function isLive(found: StoredSession | "rotated" | null): boolean {
  return found !== null && found !== "rotated";
}
