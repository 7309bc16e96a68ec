import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { sha256 } from "../../src/crypto/sha256.ts";
import { Session } from "../../src/session/session.ts";
import { sessionKey } from "../../src/session/session-key.ts";
import type { SessionVisit } from "../../src/session/session-visit.ts";
import { atOnce, type Jar, type OpenSessions, openSessions, START } from "./open-sessions.ts";

type Use = (session: Session, visit: SessionVisit) => void;

const RUNS = { seed: 5, numRuns: 100 };

describe("endAllOf", () => {
  it("makes all sessions of a subject anonymous, and no other (S19)", () => {
    const { visit, sessions } = openSessions();
    const jars = [1, "1", 1].map((id) => loggedIn(visit, id));
    const other = loggedIn(visit, 2);
    assert.equal(sessions.endAllOf("1"), undefined);
    for (const jar of jars) visit(jar, (session) => assert.deepEqual({ ...session.all() }, {}));
    visit(other, (session) => assert.equal(session.get("user_id"), 2));
  });

  it("leaves the session out that is to stay, which gets a new id (A14)", () => {
    const { visit, sessions, store } = openSessions();
    const [here, elsewhere] = [loggedIn(visit, 1), loggedIn(visit, 1)];
    const before = here.cookie;
    visit(here, (session, visit) => {
      atOnce(sessions.endAllOf(1, visit));
      session.regenerate();
    });
    assert.notEqual(here.cookie, before);
    visit(here, (session) => assert.equal(session.get("user_id"), 1));
    visit(elsewhere, (session) => assert.equal(session.get("user_id"), undefined));
    assert.deepEqual(store.liveSessions, [sessionKey(here.cookie ?? "")]);
  });

  it("does not touch a login that follows in the same request", () => {
    const { visit, sessions } = openSessions();
    const jar = loggedIn(visit, 1);
    visit(jar, (_session, visit) => {
      atOnce(sessions.endAllOf(1));
      visit.login({ sub: 1 });
    });
    visit(jar, (session) => assert.deepEqual({ ...session.all() }, { sub: 1 }));
  });

  it("finds a session under whatever key its subject was set, also after its id changed", () => {
    for (const identity of [{ sub: 1 }, { user_id: 1 }, { userId: 1 }, { user: 1 }, { user: { id: 1 } }]) {
      const { visit, sessions, store } = openSessions();
      const jar: Jar = { cookie: undefined };
      visit(jar, (session) => session.set("theme", "dark"));
      visit(jar, (session) => {
        for (const [key, value] of Object.entries(identity)) session.set(key, value);
      });
      visit(jar, (session) => session.regenerate());
      visit(jar, (session) => session.set("role", "admin"));
      atOnce(sessions.endAllOf(1));
      assert.deepEqual(store.liveSessions, []);
    }
  });

  it("does not end the session of whoever is logged in there now", () => {
    const { visit, sessions } = openSessions();
    const jar = loggedIn(visit, 1);
    visit(jar, (session) => session.set("user_id", 2));
    atOnce(sessions.endAllOf(1));
    visit(jar, (session) => assert.equal(session.get("user_id"), 2));
  });

  it("ends the oldest session where a subject has a thousand", () => {
    const { visit, store } = openSessions();
    const jars = Array.from({ length: 1001 }, () => loggedIn(visit, 1));
    assert.equal(store.liveSessions.length, 1000);
    visit(jars[0] as Jar, (session) => assert.equal(session.get("user_id"), undefined));
    visit(jars[1] as Jar, (session) => assert.equal(session.get("user_id"), 1));
  });

  it("lists no session that was logged out, be it destroyed, emptied or handed over", () => {
    const logouts: readonly Use[] = [
      (session) => session.destroy(),
      (session) => session.clear(),
      (session) => session.delete("user_id"),
      (session) => session.set("user_id", 2),
    ];
    for (const logout of logouts) {
      const { visit, store } = openSessions();
      const listed = (): number => store.records.get(subjectKey("1"))?.value.match(/session:/g)?.length ?? 0;
      const jar = loggedIn(visit, 1);
      assert.equal(listed(), 1);
      visit(jar, logout);
      assert.equal(listed(), 0);
    }
  });

  it("costs the logout of a session without a subject no call of the store", () => {
    const { visit, store } = openSessions();
    const jar: Jar = { cookie: undefined };
    visit(jar, (session) => session.set("theme", "dark"));
    const key = sessionKey(jar.cookie ?? "");
    store.calls.splice(0);
    visit(jar, (session) => session.destroy());
    assert.deepEqual(store.calls, [`read ${key}`, `read ${key}`, `write ${key}`]);
  });

  it("ends them when asked again, if the store failed half way", () => {
    const { visit, sessions, store } = openSessions();
    for (let count = 0; count < 3; count += 1) loggedIn(visit, 1);
    for (let calls = 0; store.liveSessions.length > 0; calls += 1) {
      let left = calls;
      store.fails = () => left-- <= 0;
      try {
        atOnce(sessions.endAllOf(1));
      } catch (error) {
        assert.equal((error as { code?: string }).code, "STORE_UNAVAILABLE");
      }
      store.fails = () => false;
      assert.ok(calls < 20);
    }
  });

  it("ends also what a parallel request saves, unless that is a login, which it then ends when asked again", async () => {
    const [asUser, asGuest] = [
      (session: Session) => session.set("user_id", 1),
      (session: Session) => session.set("theme", "dark"),
    ];
    const rivals: readonly (readonly [given: Use, rival: Use, isLogin: boolean])[] = [
      [asUser, (session) => session.set("theme", "dark"), false],
      [asUser, (session) => session.set("user_id", 1), false],
      [asUser, (session) => session.set("role", "admin"), false],
      [asUser, (session) => session.regenerate(), false],
      [asUser, (_session, visit) => visit.login({ sub: 1 }), true],
      [asGuest, (session) => session.set("user_id", 1), true],
      [() => {}, (session) => session.set("user_id", 1), true],
    ];
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.constantFrom(...rivals), async (scheduler, [given, rival, isLogin]) => {
        const { visit, sessions, store } = openSessions();
        const jar: Jar = { cookie: undefined };
        visit(jar, given);
        const rivalVisit = atOnce(sessions.open(jar.cookie));
        rival(new Session(rivalVisit), rivalVisit);
        store.pause = (label) => scheduler.schedule(Promise.resolve(), label);
        await scheduler.waitFor(Promise.all([sessions.endAllOf(1), rivalVisit.close()]));
        store.pause = undefined;
        const live = subjectsIn(store.liveSessions, store);
        assert.ok(isLogin ? live <= 1 : live === 0);
        atOnce(sessions.endAllOf(1));
        assert.equal(subjectsIn(store.liveSessions, store), 0);
      }),
      RUNS,
    );
  });
});

describe("what is tied to a session", () => {
  const EXPIRES_AT = START + 10_000_000;

  const tied = (): OpenSessions & { readonly jar: Jar } => {
    const bench = openSessions();
    const jar = loggedIn(bench.visit, 1);
    bench.visit(jar, (_session, visit) => visit.tie("family:1", EXPIRES_AT));
    return { ...bench, jar };
  };

  it("ends with destroy, clear, a change of hands and endAllOf", () => {
    for (const use of [
      (session: Session) => session.destroy(),
      (session: Session) => session.clear(),
      (session: Session) => session.set("user_id", 2),
      (session: Session) => session.delete("user_id"),
    ]) {
      const { visit, jar, ended } = tied();
      visit(jar, use);
      assert.deepEqual(ended, ["family:1"]);
    }
    const { sessions, ended } = tied();
    atOnce(sessions.endAllOf(1));
    assert.deepEqual(ended, ["family:1"]);
  });

  it("stays with what changes nobody: another role, a new id, a new login of the same subject", () => {
    const { visit, jar, ended } = tied();
    visit(jar, (session) => session.set("role", "admin"));
    visit(jar, (session) => session.regenerate());
    visit(jar, (_session, visit) => visit.login({ sub: 1 }));
    assert.deepEqual(ended, []);
    visit(jar, (session) => session.destroy());
    assert.deepEqual(ended, ["family:1"]);
  });

  it("stays if it was tied in the very request that logs in", () => {
    const { visit, jar, ended } = tied();
    visit(jar, (session, visit) => {
      visit.tie("token:2", EXPIRES_AT);
      session.set("user_id", 2);
    });
    assert.deepEqual(ended.splice(0), ["family:1"]);
    visit(jar, (session) => session.destroy());
    assert.deepEqual(ended, ["token:2"]);
  });

  it("is forgotten once it has ended by itself, and stores no session of its own", () => {
    const { visit, clock, ended, jar, store } = tied();
    clock.time = START + 3_000_000;
    visit(jar, (session) => session.set("a", 1));
    clock.time = START + 6_000_000;
    visit(jar, (session) => session.set("a", 2));
    clock.time = EXPIRES_AT - 2_000_000;
    visit(jar, (_session, visit) => visit.tie("token:2", clock.time));
    visit(jar, (session) => session.destroy());
    assert.deepEqual(ended, ["token:2", "family:1"]);
    visit({ cookie: undefined }, (_session, visit) => visit.tie("token:3", EXPIRES_AT));
    assert.deepEqual(store.liveSessions, []);
  });

  it("ends also if it is tied while another request destroys the session", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { sessions, store, ended, jar } = tied();
        const elsewhere = openSessions({ store, endTied: (names) => void ended.push(...names) }).sessions;
        const [logout, refresh] = [atOnce(sessions.open(jar.cookie)), atOnce(elsewhere.open(jar.cookie))];
        logout.destroy();
        refresh.tie("family:2", EXPIRES_AT);
        store.pause = (label) => scheduler.schedule(Promise.resolve(), label);
        await scheduler.waitFor(Promise.all([logout.close(), refresh.close()]));
        assert.deepEqual([...new Set(ended)].sort(), ["family:1", "family:2"]);
      }),
      RUNS,
    );
  });
});

function loggedIn(visit: OpenSessions["visit"], id: unknown): Jar {
  const jar: Jar = { cookie: undefined };
  visit(jar, (session) => session.set("user_id", id));
  return jar;
}

function subjectKey(subject: string): string {
  return `subject:${sha256(subject, "base64url")}`;
}

function subjectsIn(keys: readonly string[], { records }: OpenSessions["store"]): number {
  return keys.filter((key) => /"(?:sub|user_id)":/.test(records.get(key)?.value ?? "")).length;
}
