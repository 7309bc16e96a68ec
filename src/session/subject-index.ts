import { sha256 } from "../crypto/sha256.ts";
import { storeUnavailable } from "../errors.ts";
import { answer, type Work } from "./now-or-later.ts";
import { MAX_WRITE_ATTEMPTS, type SessionStore } from "./session-store.ts";

/** More live sessions than this one subject does not have: the next one takes the place of the oldest. */
const MAX_SESSIONS_OF_SUBJECT = 1000;
const MIN_INDEX_MS = 60_000;

/** Keys of sessions, the oldest first, and when each ends at the latest, in milliseconds since 1970. */
type Keys = Map<string, number>;

interface SubjectSessions {
  readonly live: Keys;
  /** To be ended, and not yet known to be. */
  readonly ending: Keys;
}

/**
 * Which sessions a subject has, so that all of them can be ended.
 *
 * A session of a subject has to be listed as live before and after it is written under a new id: whoever takes it off the list
 * has ended it, even while a parallel request is just about to write it.
 */
export class SubjectIndex {
  readonly #store: SessionStore;
  readonly #now: () => number;

  /** @param now Milliseconds since 1970. */
  constructor(store: SessionStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /**
   * Lists a session before it is written.
   *
   * @param endsAt When it ends at the latest, in milliseconds since 1970.
   * @param continues The session that it will replace, which has to be listed still.
   * @returns The sessions that have to make room and are to be ended; `null` when `continues` was taken off the list.
   */
  *enrol(subject: string, key: string, endsAt: number, continues?: string): Work<readonly string[] | null> {
    return yield* this.#update(subject, ({ live, ending }) => {
      if (continues !== undefined && !live.has(continues)) return null;
      live.set(key, endsAt);
      const surplus = [...live].slice(0, Math.max(0, live.size - MAX_SESSIONS_OF_SUBJECT));
      for (const oldest of surplus) move(oldest, live, ending);
      return surplus.map(([key]) => key);
    });
  }

  /**
   * Looks after a session was written whether it may stay, and takes the one that it replaced off the list.
   *
   * @returns `false` when all sessions of the subject were ended in the meantime.
   */
  *confirm(subject: string, key: string, replaced?: string): Work<boolean> {
    return yield* this.#update(subject, ({ live }) => {
      if (replaced !== undefined) live.delete(replaced);
      return live.has(key);
    });
  }

  /** Takes all sessions of a subject off the list, except one: those are over, and have to be ended in the store. */
  *takeAll(subject: string, except?: string): Work<readonly string[]> {
    return yield* this.#update(subject, ({ live, ending }) => {
      for (const listed of [...live]) if (listed[0] !== except) move(listed, live, ending);
      return [...ending.keys()];
    });
  }

  /** Forgets sessions that were ended in the store. */
  *forget(subject: string, keys: readonly string[]): Work<void> {
    yield* this.#update(subject, ({ live, ending }) => {
      for (const key of keys) for (const list of [live, ending]) list.delete(key);
    });
  }

  *#update<T>(subject: string, change: (sessions: SubjectSessions) => T): Work<T> {
    const indexKey = `subject:${sha256(subject, "base64url")}`;
    for (let attempt = 0; attempt < MAX_WRITE_ATTEMPTS; attempt += 1) {
      const record = yield* answer(this.#store.read(indexKey));
      const sessions = readSessions(record?.value, this.#now());
      const before = textOf(sessions);
      const result = change(sessions);
      const value = textOf(sessions);
      if (value === before) return result;
      const ends = [...sessions.live.values(), ...sessions.ending.values()];
      const expiresAt = Math.max(this.#now() + MIN_INDEX_MS, ...ends);
      const written = yield* answer(this.#store.write(indexKey, { value, expiresAt }, record?.version ?? null));
      if (written !== null) return result;
    }
    throw storeUnavailable(new Error("Too many parallel writes to the sessions of one subject."));
  }
}

/** What cannot be read is as good as empty: sessions that are then not listed end when their id is to change. */
function readSessions(text: string | undefined, now: number): SubjectSessions {
  try {
    const { live, ending } = JSON.parse(text ?? "{}") as Record<string, Record<string, number>>;
    return { live: keysOf(live, now), ending: keysOf(ending, now) };
  } catch {
    return { live: new Map(), ending: new Map() };
  }
}

function keysOf(members: Readonly<Record<string, number>> = {}, now: number): Keys {
  return new Map(Object.entries(members).filter(([, endsAt]) => endsAt > now));
}

function move([key, endsAt]: readonly [string, number], from: Keys, to: Keys): void {
  to.set(key, endsAt);
  from.delete(key);
}

function textOf({ live, ending }: SubjectSessions): string {
  return JSON.stringify({ live: Object.fromEntries(live), ending: Object.fromEntries(ending) });
}
