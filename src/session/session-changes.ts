import { bearerOf } from "./identity.ts";
import { copyContent, type SessionContent } from "./session-content.ts";

/** One change, which can be made to any state of a session. */
export type SessionChange = (content: SessionContent) => void;

const CLEAR = "clear";
/** More does not hang on one session: the oldest of it ends. */
const MAX_TIED = 1000;

/**
 * What a request changes in its session, as a list that can be replayed on whatever the store holds by then. So parallel
 * requests lose nothing of each other: each key has what the last writer of that key gave it.
 */
export class SessionChanges {
  readonly #changes = new Map<string, SessionChange>();
  readonly #ties = new Map<string, number>();
  #isLogin = false;

  get isEmpty(): boolean {
    return this.#changes.size === 0 && this.#ties.size === 0;
  }

  /** Whether the bearer has just proved who they are. */
  get isLogin(): boolean {
    return this.#isLogin;
  }

  /** Names of what hangs on the session since the last save. */
  get tiedNames(): readonly string[] {
    return [...this.#ties.keys()];
  }

  /** @param place What is changed: an earlier change at this place is forgotten. */
  add(place: string, change: SessionChange): void {
    this.#changes.delete(place);
    this.#changes.set(place, change);
  }

  /** Takes away all that was set before, in this request or another. */
  clear(): void {
    this.add(CLEAR, (content) => {
      content.data.clear();
      content.flash.clear();
      content.claims = {};
    });
    this.#isLogin = false;
  }

  login(change: SessionChange): void {
    this.add("login", change);
    this.#isLogin = true;
  }

  tie(name: string, expiresAt: number): void {
    this.#ties.set(name, expiresAt);
  }

  /** Later changes, after these. */
  followedBy(later: SessionChanges): SessionChanges {
    const both = new SessionChanges();
    for (const part of [this, later]) {
      for (const [place, change] of part.#changes) both.add(place, change);
      for (const [name, expiresAt] of part.#ties) both.tie(name, expiresAt);
    }
    both.#isLogin = later.#isLogin || (this.#isLogin && !later.#changes.has(CLEAR));
    return both;
  }

  /**
   * Makes the changes to a copy of a content.
   *
   * What was tied to the session stays with it, unless it was emptied or changed hands: then it belongs to who was there before.
   *
   * @param now Milliseconds since 1970: when a login takes place, and what is tied no longer if it has expired by then.
   */
  appliedTo(before: SessionContent, now: number): SessionContent {
    const after = copyContent(before);
    for (const change of this.#changes.values()) change(after);
    const [formerSubject, subject] = [bearerOf(before.data), bearerOf(after.data)];
    if (subject !== formerSubject && !this.#isLogin) after.claims = {};
    if (this.#changes.has(CLEAR) || (formerSubject !== null && subject !== formerSubject)) after.tied.clear();
    if (this.#isLogin || (subject !== null && subject !== formerSubject)) after.createdAt = now;
    for (const [name, expiresAt] of [...after.tied, ...this.#ties]) {
      if (expiresAt > now) after.tied.set(name, expiresAt);
      else after.tied.delete(name);
    }
    for (const oldest of [...after.tied.keys()].slice(0, Math.max(0, after.tied.size - MAX_TIED))) {
      after.tied.delete(oldest);
    }
    return after;
  }
}
