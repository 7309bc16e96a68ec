import { storeUnavailable } from "../errors.ts";
import { bearerOf, claimsOf, hasSameIdentity } from "./identity.ts";
import type { Work } from "./now-or-later.ts";
import type { SessionChanges } from "./session-changes.ts";
import { emptyContent, type SessionContent } from "./session-content.ts";
import type { SessionRecords, StoredSession } from "./session-records.ts";
import { MAX_WRITE_ATTEMPTS } from "./session-store.ts";

/** What one request wants to become of its session. */
export interface SessionDraft {
  /** As it was read; `null` for a session that is not stored yet. */
  readonly stored: StoredSession | null;
  readonly changes: SessionChanges;
  /** The id is to change in any case. */
  readonly mustRotate: boolean;
  /** The key of the new id, should there be one. It is the same at each call. */
  readonly newKey: () => string;
}

/** `empty`: there is nothing to store. `dropped`: the session is no more, and the changes with it. */
export type SaveOutcome = StoredSession | "empty" | "dropped";

/**
 * Saves the changes of one request: onto whatever is stored by then, and under a new id where the bearer changes.
 *
 * A session that was ended or rotated in the meantime does not come back. Only who has just logged in gets a new one, of which
 * the old data are no part. And who logs out is logged out, also where the session has moved in the meantime.
 */
export function* saveSession(records: SessionRecords, draft: SessionDraft): Work<SaveOutcome> {
  const { changes } = draft;
  let { stored } = draft;
  for (let attempt = 0; attempt < MAX_WRITE_ATTEMPTS; attempt += 1) {
    if (stored === null) return yield* create(records, draft);
    const content = changes.appliedTo(stored.content, records.now());
    const tied = [...stored.content.tied.keys(), ...changes.tiedNames];
    yield* records.endTied(tied.filter((name) => !content.tied.has(name)));
    const rotates = draft.mustRotate || !hasSameIdentity(stored.content.data, content.data);
    const saved: StoredSession | null = rotates
      ? yield* rotate(records, draft, stored, content)
      : yield* records.write(stored.key, content, stored.version);
    if (saved !== null) return saved;
    const current: StoredSession | "rotated" | null = yield* records.load(stored.key);
    const logsOut = claimsOf(stored.content) !== null && claimsOf(content) === null;
    if (current === "rotated" && logsOut) yield* records.end(stored.key, true);
    if (current === "rotated" || (current === null && !isFreshLogin(changes, stored.content, content)))
      return "dropped";
    stored = current;
  }
  throw storeUnavailable(new Error("Too many parallel writes to one session."));
}

function* create(records: SessionRecords, { changes, newKey }: SessionDraft): Work<SaveOutcome> {
  const content = changes.appliedTo(emptyContent(records.now()), records.now());
  if (content.data.size === 0 && content.flash.size === 0) return "empty";
  const key = newKey();
  yield* enrol(records, key, content);
  const saved = yield* records.write(key, content, null);
  if (saved === null) throw takenId();
  return (yield* isConfirmed(records, key, content)) ? saved : "dropped";
}

/**
 * Moves a session to a new id. The new record comes first but does not count yet; then the old one becomes a mark, and in that
 * moment the session changes over. Whenever this is interrupted, exactly one of the two is live.
 *
 * @returns `null` when the old session has changed, or is no more.
 */
function* rotate(
  records: SessionRecords,
  draft: SessionDraft,
  old: StoredSession,
  content: SessionContent,
): Work<StoredSession | null> {
  const key = draft.newKey();
  const goesOn = !draft.changes.isLogin && bearerOf(old.content.data) === bearerOf(content.data);
  if (!(yield* enrol(records, key, content, goesOn ? old.key : undefined))) {
    yield* records.end(old.key);
    return null;
  }
  const saved = yield* records.write(key, content, null, old.key);
  if (saved === null) throw takenId();
  if (!(yield* records.mark(old, "rotated", key))) {
    yield* records.remove(key);
    return null;
  }
  const stays = yield* isConfirmed(records, key, content, old.key);
  if (bearerOf(old.content.data) !== bearerOf(content.data)) yield* records.forget(old.key, old.content);
  return stays ? saved : null;
}

/** @returns `false` when all sessions of the subject were ended, and `continues` with them. */
function* enrol(records: SessionRecords, key: string, content: SessionContent, continues?: string): Work<boolean> {
  const subject = bearerOf(content.data);
  if (subject === null) return true;
  const surplus = yield* records.subjects.enrol(subject, key, records.endsAt(content), continues);
  if (surplus === null) return false;
  for (const oldest of surplus) yield* records.end(oldest);
  if (surplus.length > 0) yield* records.subjects.forget(subject, surplus);
  return true;
}

/** Whoever ended all sessions of the subject in between may have looked for this one before it was there. */
function* isConfirmed(records: SessionRecords, key: string, content: SessionContent, replaced?: string): Work<boolean> {
  const subject = bearerOf(content.data);
  if (subject === null || (yield* records.subjects.confirm(subject, key, replaced))) return true;
  yield* records.end(key);
  return false;
}

function takenId(): Error {
  return storeUnavailable(new Error("A new session id is in use already."));
}

function isFreshLogin({ isLogin }: SessionChanges, before: SessionContent, after: SessionContent): boolean {
  const subject = bearerOf(after.data);
  return isLogin || (subject !== null && subject !== bearerOf(before.data));
}
