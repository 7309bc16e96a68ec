import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { Session } from "../../src/session/session.ts";
import { atOnce, type Jar, type OpenSessions, openSessions } from "./open-sessions.ts";

const HALF_TEXT = "x".repeat(600_000);

/** A session of subject 1. */
function loggedIn(): OpenSessions & { readonly jar: Jar } {
  const bench = openSessions();
  const jar: Jar = { cookie: undefined };
  bench.visit(jar, (session) => session.set("user_id", 1));
  return { ...bench, jar };
}

/** Lets somebody else be faster at every write to keys that begin so. */
function alwaysLose({ store }: OpenSessions, prefix: string): void {
  const write = store.write.bind(store);
  store.write = (key, ...rest) => (key.startsWith(prefix) ? null : write(key, ...rest));
}

function refusal(message: string): object {
  return { status: 503, code: "STORE_UNAVAILABLE", cause: new Error(message) };
}

describe("where others are always faster", () => {
  it("the end of a session is an error, not an endless loop, and the session can be ended again", () => {
    const bench = loggedIn();
    const { write } = bench.store;
    alwaysLose(bench, "session:");
    const end = (): unknown => bench.sessions.endAllOf(1);
    assert.throws(end, refusal("Too many parallel writes to one session."));
    assert.equal(bench.store.liveSessions.length, 1);
    bench.store.write = write;
    end();
    assert.deepEqual(bench.store.liveSessions, []);
  });

  it("the list of a subject's sessions is an error, and who logs in has no session", () => {
    const bench = openSessions();
    alwaysLose(bench, "subject:");
    const logIn = (): void => bench.visit({ cookie: undefined }, (session) => session.set("user_id", 1));
    assert.throws(logIn, refusal("Too many parallel writes to the sessions of one subject."));
    assert.deepEqual(bench.store.liveSessions, []);
  });
});

describe("two requests at a time", () => {
  it("do not get a session over its limit of size that neither would alone", () => {
    const { visit, sessions, jar } = loggedIn();
    const other = atOnce(sessions.open(jar.cookie));
    new Session(other).set("b", HALF_TEXT);
    visit(jar, (session) => session.set("a", HALF_TEXT));
    assert.throws(() => other.close(), { code: "SESSION_TOO_LARGE" });
    visit(jar, (session) => assert.deepEqual({ ...session.all() }, { user_id: 1, a: HALF_TEXT }));
  });

  it("store nothing that one of them sets while it is found that the other has ended the session", async () => {
    const { visit, sessions, store, jar, events } = loggedIn();
    const late = atOnce(sessions.open(jar.cookie));
    const session = new Session(late);
    session.set("a", 1);
    visit(jar, (session) => session.destroy());
    store.pause = () => turn();
    const saving = session.save();
    session.set("b", 2);
    await saving;
    assert.deepEqual({ ...session.all() }, { b: 2 });
    assert.equal(await late.close(), null);
    assert.deepEqual(store.liveSessions, []);
    assert.deepEqual(new Set(events.map(({ kind }) => kind)), new Set(["changes-dropped"]));
  });
});

describe("a list of a subject's sessions that cannot be read", () => {
  it("is as good as empty: a session that it may have held ends when its id is to change, and a login begins a new one", () => {
    const { visit, store, jar } = loggedIn();
    const [list = ""] = [...store.records.keys()].filter((key) => key.startsWith("subject:"));
    for (const value of ["no JSON", "null"]) {
      store.records.set(list, { value, expiresAt: Number.POSITIVE_INFINITY, version: "other" });
      visit(jar, (session) => assert.equal(session.get("user_id"), 1));
      visit(jar, (session) => session.regenerate());
      assert.deepEqual(store.liveSessions, []);
      jar.cookie = undefined;
      visit(jar, (session) => session.set("user_id", 1));
      visit(jar, (session) => assert.equal(session.get("user_id"), 1));
    }
  });
});
