import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { Session } from "../../src/session/session.ts";
import type { SessionVisit } from "../../src/session/session-visit.ts";
import { atOnce, type Jar, type OpenSessions, openSessions, START } from "./open-sessions.ts";

describe("a visit whose changes are abandoned", () => {
  let bench: OpenSessions;
  let jar: Jar;
  let visit: SessionVisit;
  let session: Session;

  beforeEach(() => {
    bench = openSessions();
    jar = { cookie: undefined };
    bench.visit(jar, (session) => session.set("user_id", 1));
    visit = atOnce(bench.sessions.open(jar.cookie));
    session = new Session(visit);
    bench.store.calls.splice(0);
  });

  it("stores nothing of them, keeps the id, and sends no cookie", () => {
    session.set("theme", "dark");
    session.set("user_id", 2);
    session.flash("note", "Hello");
    session.regenerate();
    visit.tie("family:1", START + 1000);
    visit.abandonChanges();
    assert.equal(visit.close(), null);
    assert.deepEqual([bench.store.calls, bench.ended], [[], []]);
    bench.visit(jar, (session) => assert.deepEqual({ ...session.all() }, { user_id: 1 }));
  });

  it("shows what is stored, under the id that stays", () => {
    session.set("user_id", 2);
    visit.login({ sub: 3 });
    visit.abandonChanges();
    assert.deepEqual(visit.claims(), { user_id: 1, sub: 1 });
    assert.equal(visit.bindForm(), jar.cookie);
  });

  it("refuses a further change, and promises no form an id", () => {
    visit.abandonChanges();
    assert.equal(visit.canBindForms, false);
    assert.throws(() => session.set("theme", "dark"), { code: "SESSION_MISUSED" });
    assert.throws(() => session.destroy(), { code: "SESSION_MISUSED" });
  });

  it("keeps what was saved before", () => {
    session.set("theme", "dark");
    session.save();
    session.set("theme", "light");
    visit.abandonChanges();
    assert.equal(visit.close(), null);
    bench.visit(jar, (session) => assert.equal(session.get("theme"), "dark"));
  });

  it("still ends the session that was destroyed, and the cookie with it", () => {
    session.destroy();
    session.set("theme", "dark");
    visit.abandonChanges();
    assert.deepEqual(visit.close(), { value: "", maxAge: 0 });
    assert.deepEqual(bench.store.liveSessions, []);
  });

  it("begins no session where none was", () => {
    const first = atOnce(bench.sessions.open(undefined));
    new Session(first).set("theme", "dark");
    first.abandonChanges();
    assert.equal(first.close(), null);
    assert.deepEqual(bench.store.calls, []);
  });
});
