import { storeUnavailable } from "../errors.ts";
import { nowOrLater, type Work } from "./now-or-later.ts";
import { type SaveOutcome, saveSession } from "./save-session.ts";
import type { SessionChanges } from "./session-changes.ts";
import { sessionKey } from "./session-key.ts";
import type { SessionRecords } from "./session-records.ts";
import type { VisitIds } from "./visit-ids.ts";
import type { WorkingCopy } from "./working-copy.ts";

export interface PendingSaveParts {
  readonly records: SessionRecords;
  readonly ids: VisitIds;
  readonly copy: WorkingCopy;
  /** The key of the session whose id another one has replaced: nothing is stored, but it can be ended where it goes on. */
  readonly replaced: string | undefined;
}

/** What one request has yet to store, and storing it: once or several times, but never twice at the same time. */
export class PendingSave {
  readonly #records: SessionRecords;
  readonly #ids: VisitIds;
  readonly #copy: WorkingCopy;
  readonly #keysToEnd: string[] = [];
  readonly #tiesToEnd: string[] = [];
  #replaced: string | undefined;
  #isOver: boolean;
  #mustRotate = false;
  #timesDestroyed = 0;
  #saving: Promise<void> | undefined;

  constructor({ records, ids, copy, replaced }: PendingSaveParts) {
    this.#records = records;
    this.#ids = ids;
    this.#copy = copy;
    this.#replaced = replaced;
    this.#isOver = replaced !== undefined;
  }

  /** Whether the session has come to its end through another request: nothing is stored, and no cookie is sent. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether the session will be under another id once it is saved. */
  get changesId(): boolean {
    return this.#mustRotate || this.#copy.hasNewIdentity;
  }

  rotate(): void {
    this.#mustRotate = true;
    this.#ids.forgetNext();
  }

  destroy(): void {
    const key = this.#copy.stored?.key ?? this.#replaced;
    if (key !== undefined) this.#keysToEnd.push(key);
    this.#replaced = undefined;
    this.#isOver = false;
    this.#tiesToEnd.push(...this.#copy.takeChanges().tiedNames);
    this.#copy.rebase(null);
    this.#ids.expire();
    this.#timesDestroyed += 1;
  }

  abandonChanges(): void {
    this.#copy.takeChanges();
    this.#copy.rebase(this.#copy.stored);
    this.#mustRotate = false;
  }

  save(): void | Promise<void> {
    const before = this.#saving;
    if (before === undefined && !this.#hasToEnd && !this.#hasToStore) return undefined;
    const saveNow = (): void | Promise<void> => nowOrLater(this.#save());
    const saving = before === undefined ? saveNow() : before.then(saveNow, saveNow);
    if (!(saving instanceof Promise)) return undefined;
    this.#saving = saving;
    // A handler need not wait for it: what fails is tried again at the end of the request.
    saving.catch(() => {});
    return saving;
  }

  get #hasToEnd(): boolean {
    return this.#keysToEnd.length > 0 || this.#tiesToEnd.length > 0;
  }

  get #hasToStore(): boolean {
    return this.#copy.hasChanges || (this.#mustRotate && this.#copy.stored !== null);
  }

  *#save(): Work<void> {
    try {
      yield* this.#endDestroyed();
      if (this.#hasToStore) yield* this.#saveChanges(this.#copy.takeChanges());
    } catch (error) {
      throw storeUnavailable(error);
    }
  }

  *#endDestroyed(): Work<void> {
    const ties = [...this.#tiesToEnd];
    yield* this.#records.endTied(ties);
    this.#tiesToEnd.splice(0, ties.length);
    for (let key = this.#keysToEnd[0]; key !== undefined; key = this.#keysToEnd[0]) {
      yield* this.#records.end(key, true);
      this.#keysToEnd.shift();
    }
  }

  *#saveChanges(changes: SessionChanges): Work<void> {
    if (this.#isOver) return yield* this.#drop(changes);
    const [mustRotate, timesDestroyed] = [this.#mustRotate, this.#timesDestroyed];
    const isDestroyed = (): boolean => timesDestroyed !== this.#timesDestroyed;
    let newId: string | undefined;
    const newKey = (): string => {
      newId ??= isDestroyed() ? this.#ids.untold() : this.#ids.next();
      return sessionKey(newId);
    };
    this.#mustRotate = false;
    let outcome: SaveOutcome;
    try {
      const { stored } = this.#copy;
      const saving = saveSession(this.#records, { stored, changes, mustRotate, newKey });
      outcome = yield* stored === null ? saving : this.#records.saves.inTurn(stored.key, saving);
    } catch (error) {
      if (!isDestroyed()) this.#takeBack(changes, mustRotate);
      throw error;
    }
    if (isDestroyed()) return this.#endLater(outcome, changes);
    if (outcome === "dropped") return yield* this.#drop(changes);
    if (outcome === "empty") return this.#copy.giveBack(changes);
    if (newId !== undefined) this.#ids.moveTo(newId);
    return this.#copy.rebase(outcome);
  }

  #takeBack(changes: SessionChanges, mustRotate: boolean): void {
    this.#copy.giveBack(changes);
    this.#mustRotate ||= mustRotate;
    // The first attempt may have left a record under it.
    this.#ids.forgetNext();
  }

  *#drop(changes: SessionChanges): Work<void> {
    const key = this.#copy.stored?.key;
    this.#isOver = true;
    this.#replaced ??= key;
    this.#copy.rebase(null);
    this.#records.tell({ kind: "changes-dropped", key });
    yield* this.#records.endTied(changes.tiedNames);
  }

  /** The session was destroyed while it was being saved: what has become of it is left to the next save. */
  #endLater(outcome: SaveOutcome, changes: SessionChanges): void {
    if (typeof outcome === "object") this.#keysToEnd.push(outcome.key);
    this.#tiesToEnd.push(...changes.tiedNames);
  }
}
