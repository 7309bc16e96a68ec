import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { sha256 } from "../../src/crypto/sha256.ts";
import { nowOrLater } from "../../src/session/now-or-later.ts";
import { type SaveOutcome, type SessionDraft, saveSession } from "../../src/session/save-session.ts";
import { SessionChanges } from "../../src/session/session-changes.ts";
import { SessionRecords, type StoredSession } from "../../src/session/session-records.ts";
import { DoubleStore } from "./double-store.ts";
import { atOnce, START } from "./open-sessions.ts";

const LIST = `subject:${sha256("1", "base64url")}`;
const [OLD, NEW] = ["session:old", "session:new"];
const ENDS_AT = START + 43_200_000;
const MAX_SESSIONS = 1000;

describe("saveSession", () => {
  let store: DoubleStore;
  let records: SessionRecords;
  let ended: string[];

  beforeEach(() => {
    const now = (): number => START;
    store = new DoubleStore(now);
    ended = [];
    const endTied = (names: readonly string[]): void => void ended.push(...names);
    records = new SessionRecords({
      store,
      now,
      lifetimeSeconds: 3600,
      maxAgeSeconds: 43_200,
      endTied,
      onEvent: () => {},
    });
  });

  /** What a request sets; `undefined` removes. */
  const setting = (data: Record<string, unknown>): SessionChanges => {
    const changes = new SessionChanges();
    for (const [key, value] of Object.entries(data)) {
      changes.add(key, ({ data }) => (value === undefined ? data.delete(key) : data.set(key, value)));
    }
    return changes;
  };
  const save = (changes: SessionChanges, draft: Partial<SessionDraft> = {}): SaveOutcome =>
    atOnce(nowOrLater(saveSession(records, { stored: null, changes, mustRotate: false, newKey: () => NEW, ...draft })));
  const saved = (changes: SessionChanges, draft: Partial<SessionDraft> = {}): StoredSession => {
    const outcome = save(changes, draft);
    assert.ok(typeof outcome === "object", String(outcome));
    return outcome;
  };
  const storedAs = (key: string, data: Record<string, unknown>): StoredSession =>
    saved(setting(data), { newKey: () => key });
  const listed = (): unknown => JSON.parse(store.records.get(LIST)?.value ?? "null");

  it("stores no session that holds nothing, whatever is tied to it", () => {
    const changes = setting({ a: undefined });
    changes.tie("token:1", ENDS_AT);
    assert.equal(save(changes), "empty");
    assert.deepEqual([store.calls, ended], [[], []]);
  });

  it("stores a new one for a value or a message", () => {
    const changes = new SessionChanges();
    changes.add("note", ({ flash }) => flash.set("note", "Hello"));
    assert.equal(saved(changes).key, NEW);
    assert.equal(storedAs(OLD, { a: 1 }).key, OLD);
    assert.deepEqual(store.liveSessions, [NEW, OLD]);
  });

  it("writes it where it is while it says the same of its bearer, and under the new key where not", () => {
    const stored = storedAs(OLD, { user_id: 1 });
    const again = saved(setting({ theme: "dark", user_id: 1 }), { stored });
    assert.deepEqual([again.key, store.liveSessions], [OLD, [OLD]]);
    assert.deepEqual(listed(), { live: { [OLD]: ENDS_AT }, ending: {} });
    assert.equal(saved(setting({ role: "admin" }), { stored: again }).key, NEW);
    assert.deepEqual([store.liveSessions, listed()], [[NEW], { live: { [NEW]: ENDS_AT }, ending: {} }]);
    const last = saved(new SessionChanges(), { stored: liveUnder(NEW), mustRotate: true, newKey: () => "session:3" });
    assert.deepEqual([last.key, store.liveSessions], ["session:3", ["session:3"]]);
  });

  it("ends what was tied to who leaves, and to nobody who stays", () => {
    const changes = setting({ theme: "dark" });
    changes.tie("token:1", ENDS_AT);
    const tied = saved(changes, { stored: storedAs(OLD, { user_id: 1 }) });
    assert.deepEqual(ended, []);
    saved(setting({ user_id: 2 }), { stored: tied });
    assert.deepEqual(ended, ["token:1"]);
  });

  it("ends what is tied by a request for less time than it takes", () => {
    const changes = setting({ theme: "dark" });
    changes.tie("token:1", START);
    saved(changes, { stored: storedAs(OLD, { user_id: 1 }) });
    assert.deepEqual(ended, ["token:1"]);
  });

  it("ends the oldest session of a bearer who has a thousand, and forgets that one", () => {
    storedAs(OLD, { user_id: 1 });
    const others = Array.from({ length: MAX_SESSIONS - 1 }, (_, count) => [`session:${count}-`, ENDS_AT]);
    const value = JSON.stringify({ live: { [OLD]: ENDS_AT, ...Object.fromEntries(others) }, ending: {} });
    store.records.set(LIST, { value, expiresAt: ENDS_AT, version: "a thousand" });
    assert.equal(storedAs(NEW, { user_id: 1 }).key, NEW);
    assert.deepEqual(store.liveSessions, [NEW]);
    assert.deepEqual(listed(), { live: Object.fromEntries([...others, [NEW, ENDS_AT]]), ending: {} });
  });

  it("drops what follows a logout by hand, where the session has ended meanwhile", () => {
    const stored = storedAs(OLD, { user_id: 1 });
    atOnce(nowOrLater(records.end(OLD)));
    assert.equal(save(setting({ user_id: undefined, theme: "dark" }), { stored }), "dropped");
    assert.deepEqual(store.liveSessions, []);
  });

  it("drops what a parallel request sets while another one gives the session its next id", () => {
    const stored = storedAs(OLD, { user_id: 1 });
    saved(new SessionChanges(), { stored, mustRotate: true });
    assert.equal(save(setting({ theme: "dark" }), { stored, newKey: () => "session:3" }), "dropped");
    assert.deepEqual([store.liveSessions, liveUnder(NEW).content.data], [[NEW], new Map([["user_id", 1]])]);
  });

  it("ends a session that was taken off the list of its bearer, and writes it under no other key", () => {
    const stored = storedAs(OLD, { user_id: 1 });
    atOnce(nowOrLater(records.subjects.takeAll("1")));
    assert.equal(save(setting({ role: "admin" }), { stored }), "dropped");
    assert.deepEqual([store.liveSessions, store.records.has(NEW)], [[], false]);
  });

  it("fails where the new key is in use, and says so in the log", () => {
    const stored = storedAs(OLD, { a: 1 });
    storedAs(NEW, { b: 2 });
    const refusal = { code: "STORE_UNAVAILABLE", cause: new Error("A new session id is in use already.") };
    assert.throws(() => save(setting({ c: 3 })), refusal);
    assert.throws(() => save(setting({ c: 3 }), { stored, mustRotate: true }), refusal);
    assert.deepEqual(store.liveSessions, [OLD, NEW]);
  });

  function liveUnder(key: string): StoredSession {
    const found = atOnce(nowOrLater(records.load(key)));
    assert.ok(typeof found === "object" && found !== null);
    return found;
  }
});
