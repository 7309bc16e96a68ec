import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sha256 } from "../../src/crypto/sha256.ts";
import { Session } from "../../src/session/session.ts";
import { sessionKey } from "../../src/session/session-key.ts";
import type { SessionVisit } from "../../src/session/session-visit.ts";
import { atOnce, type Jar, type OpenSessions, openSessions } from "./open-sessions.ts";

const UNAVAILABLE = { status: 503, code: "STORE_UNAVAILABLE" };
const LIST = `subject:${sha256("1", "base64url")}`;

/** Somebody who is logged in as 1, and a request of theirs that has begun. */
function loggedIn() {
  const bench = openSessions();
  const jar: Jar = { cookie: undefined };
  bench.visit(jar, (session) => session.set("user_id", 1));
  const key = sessionKey(jar.cookie ?? "");
  const slow = atOnce(bench.sessions.open(jar.cookie));
  bench.store.calls.splice(0);
  return { ...bench, jar, key, slow, session: new Session(slow) };
}

/** Lets something happen just before the store does what it is asked for, once. */
function before(store: OpenSessions["store"], isCall: (call: string) => boolean, act: () => void): void {
  store.fails = (verb, key) => {
    if (!isCall(`${verb} ${key}`)) return false;
    store.fails = () => false;
    act();
    return false;
  };
}

/** Lets somebody else be faster at each write. */
function overtakeEachWrite(store: OpenSessions["store"]): void {
  let version = 0;
  store.fails = (verb, key) => {
    const record = store.records.get(key);
    if (verb === "write" && record) store.records.set(key, { ...record, version: `rival ${++version}` });
    return false;
  };
}

/** The writing of a session under an id that is not `old`. */
const isWriteOfNew = (old: string) => (call: string) => call.startsWith("write session:") && call !== `write ${old}`;

describe("a save while the session is changed by others", () => {
  it("is tried a hundred times, and then refused", () => {
    const { store, key, slow, session } = loggedIn();
    overtakeEachWrite(store);
    session.set("theme", "dark");
    assert.throws(() => slow.close(), UNAVAILABLE);
    assert.equal(store.calls.filter((call) => call === `write ${key}`).length, 100);
  });

  it("changes the id all the same, and has what they set", () => {
    const { store, key, jar, slow, session, visit } = loggedIn();
    before(
      store,
      (call) => call === `write ${key}`,
      () => visit(jar, (session) => session.set("theme", "dark")),
    );
    session.set("role", "admin");
    const cookie = atOnce(slow.close())?.value;
    assert.deepEqual(store.liveSessions, [sessionKey(cookie ?? "")]);
    visit({ cookie }, (session) =>
      assert.deepEqual({ ...session.all() }, { user_id: 1, theme: "dark", role: "admin" }),
    );
  });
});

describe("a save while the session ends", () => {
  const uses: readonly (readonly [string, (session: Session, visit: SessionVisit) => void, object | undefined])[] = [
    ["drops what is set", (session) => session.set("theme", "dark"), undefined],
    ["drops a change of the id", (session) => session.regenerate(), undefined],
    ["drops another role", (session) => session.set("role", "admin"), undefined],
    ["drops the same bearer under another key", (session) => session.set("sub", "1"), undefined],
    ["gives a login a session of its own", (_session, visit) => visit.login({ sub: 1 }), { sub: 1 }],
    ["gives another bearer a session of its own", (session) => session.set("user_id", 2), { user_id: 2 }],
  ];
  for (const [rule, use, data] of uses) {
    it(rule, () => {
      const { store, jar, slow, session, events, visit } = loggedIn();
      visit(jar, (session) => session.destroy());
      use(session, slow);
      const cookie = atOnce(slow.close())?.value;
      assert.equal(cookie !== undefined, data !== undefined);
      assert.deepEqual(store.liveSessions, cookie === undefined ? [] : [sessionKey(cookie)]);
      visit({ cookie }, (session) => assert.deepEqual({ ...session.all() }, data ?? {}));
      assert.equal(events.length, data === undefined ? 1 : 0);
    });
  }
});

describe("a change of the id", () => {
  it("lists the new one, writes it, marks the old one, and takes that off the list", () => {
    const { store, key, slow, session } = loggedIn();
    session.set("role", "admin");
    const next = sessionKey(atOnce(slow.close())?.value ?? "");
    const list = [`read ${LIST}`, `write ${LIST}`];
    assert.deepEqual(store.calls, [...list, `write ${next}`, `write ${key}`, ...list]);
  });

  it("takes a session off the list of a bearer who hands it over", () => {
    const { store, slow, session } = loggedIn();
    assert.equal(store.records.get(LIST)?.value.match(/session:/g)?.length, 1);
    session.set("user_id", 2);
    slow.close();
    assert.equal(store.records.get(LIST)?.value.match(/session:/g), null);
  });
});

describe("a logout while the session is changed by others", () => {
  it("ends it all the same, with what they tied to it", () => {
    const { store, key, jar, slow, session, visit, ended, clock } = loggedIn();
    before(
      store,
      (call) => call === `write ${key}`,
      () => visit(jar, (_session, visit) => visit.tie("token:1", clock.time + 1000)),
    );
    session.destroy();
    assert.equal(atOnce(slow.close())?.maxAge, 0);
    assert.deepEqual([store.liveSessions, ended], [[], ["token:1"]]);
    assert.equal(store.records.get(LIST)?.value.includes("session:"), false);
  });

  it("is tried a hundred times, and then fails", () => {
    const { store, key, slow, session } = loggedIn();
    overtakeEachWrite(store);
    session.destroy();
    assert.throws(() => slow.close(), UNAVAILABLE);
    assert.equal(store.calls.filter((call) => call === `write ${key}`).length, 100);
  });

  it("has nothing to end where the record cannot be read any more", () => {
    const { store, key, slow, session } = loggedIn();
    store.records.set(key, { value: "{", expiresAt: Number.MAX_SAFE_INTEGER, version: "x" });
    session.destroy();
    assert.equal(atOnce(slow.close())?.maxAge, 0);
  });
});

describe("a new id that is in use already", () => {
  it("is refused, and the session that has it stays as it is", () => {
    const id = "A".repeat(43);
    const { visit, store } = openSessions({ random: () => id });
    visit({ cookie: undefined }, (session) => session.set("a", 1));
    assert.throws(() => visit({ cookie: undefined }, (session) => session.set("a", 2)), UNAVAILABLE);
    assert.throws(() => visit({ cookie: id }, (session) => session.regenerate()), UNAVAILABLE);
    visit({ cookie: id }, (session) => assert.equal(session.get("a"), 1));
    assert.deepEqual(store.liveSessions, [sessionKey(id)]);
  });
});

/** Ends all sessions of 1 when the old id of this one is marked already, and the list still has it. */
function endAllOnceMoved({ store, sessions, key }: ReturnType<typeof loggedIn>): void {
  const hasMoved = () => store.records.get(key)?.value.startsWith('{"mark"') === true;
  before(
    store,
    (call) => call === `read ${LIST}` && hasMoved(),
    () => atOnce(sessions.endAllOf(1)),
  );
}

describe("endAllOf while a session is saved under a new id", () => {
  it("ends one that was listed, and not yet written", () => {
    const { store, sessions, visit, events } = openSessions();
    const jar: Jar = { cookie: undefined };
    before(store, isWriteOfNew(""), () => atOnce(sessions.endAllOf(1)));
    visit(jar, (session) => session.set("user_id", 1));
    assert.deepEqual([jar.cookie, store.liveSessions], [undefined, []]);
    assert.deepEqual(events, [{ kind: "changes-dropped", key: undefined }]);
  });

  it("ends one that goes on under another id at that moment", () => {
    const { store, sessions, key, slow, session } = loggedIn();
    before(store, isWriteOfNew(key), () => atOnce(sessions.endAllOf(1)));
    session.set("role", "admin");
    assert.equal(slow.close(), null);
    assert.deepEqual(store.liveSessions, []);
  });

  it("ends one that has just moved to its new id", () => {
    const bench = loggedIn();
    const { store, slow, session } = bench;
    endAllOnceMoved(bench);
    session.set("role", "admin");
    assert.equal(slow.close(), null);
    assert.deepEqual(store.liveSessions, []);
  });

  it("does not end one that was just handed over to somebody else", () => {
    const bench = loggedIn();
    const { store, slow, session } = bench;
    endAllOnceMoved(bench);
    session.set("user_id", 2);
    const cookie = atOnce(slow.close())?.value;
    assert.deepEqual(store.liveSessions, [sessionKey(cookie ?? "")]);
  });

  it("ends one that it could only take off the list, once that is to change its id", () => {
    const { store, sessions, key, slow, session } = loggedIn();
    store.fails = (_verb, at) => at === key;
    assert.throws(() => sessions.endAllOf(1), UNAVAILABLE);
    store.fails = () => false;
    assert.deepEqual(store.liveSessions, [key]);
    session.set("role", "admin");
    assert.equal(slow.close(), null);
    assert.deepEqual(store.liveSessions, []);
  });
});
