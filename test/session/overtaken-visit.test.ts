import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { Session } from "../../src/session/session.ts";
import { sessionKey } from "../../src/session/session-key.ts";
import type { SessionVisit } from "../../src/session/session-visit.ts";
import { atOnce, type Jar, type OpenSessions, openSessions, START } from "./open-sessions.ts";

const EXPIRES_AT = START + 10_000_000;

describe("a request whose session got another id", () => {
  let bench: OpenSessions;
  let jar: Jar;
  let old: string | undefined;

  beforeEach(() => {
    bench = openSessions();
    jar = { cookie: undefined };
    bench.visit(jar, (session) => session.set("user_id", 1));
    old = jar.cookie;
  });

  const openOld = (): readonly [SessionVisit, Session] => {
    const visit = atOnce(bench.sessions.open(old));
    return [visit, new Session(visit)];
  };
  const replace = (): void => bench.visit(jar, (session) => session.regenerate());

  it("before it began: prints no form that would take the new cookie away", () => {
    replace();
    const [visit] = openOld();
    assert.equal(visit.canBindForms, false);
    visit.bindForm();
    assert.equal(visit.close(), null);
  });

  it("before it began: ends it where it goes on, and once only", () => {
    replace();
    const [visit, session] = openOld();
    session.destroy();
    session.destroy();
    bench.store.calls.splice(0);
    assert.equal(atOnce(visit.close())?.maxAge, 0);
    assert.deepEqual(bench.store.liveSessions, []);
    assert.equal(bench.store.calls.filter((call) => call === `read ${sessionKey(old ?? "")}`).length, 1);
  });

  it("meanwhile: drops its changes, ends what it tied, says so, and sends no cookie", () => {
    const [visit, session] = openOld();
    session.set("theme", "dark");
    visit.tie("token:1", EXPIRES_AT);
    replace();
    session.save();
    assert.deepEqual(bench.events.splice(0), [{ kind: "changes-dropped", key: sessionKey(old ?? "") }]);
    assert.deepEqual(bench.ended, ["token:1"]);
    assert.deepEqual([visit.canBindForms, visit.claims(), { ...session.all() }], [false, null, {}]);
    session.set("theme", "light");
    assert.equal(visit.close(), null);
    assert.deepEqual(bench.events, [{ kind: "changes-dropped", key: undefined }]);
    bench.visit(jar, (session) => assert.deepEqual({ ...session.all() }, { user_id: 1 }));
  });

  it("meanwhile: can still end it where it goes on, after its changes were dropped", () => {
    const [visit, session] = openOld();
    session.set("theme", "dark");
    replace();
    session.save();
    session.destroy();
    assert.equal(atOnce(visit.close())?.maxAge, 0);
    assert.deepEqual(bench.store.liveSessions, []);
  });

  it("meanwhile: logs out where it goes on, if it logs out", () => {
    for (const logout of [
      (session: Session) => session.clear(),
      (session: Session) => session.delete("user_id"),
      (session: Session) => session.set("logged_in", false),
    ]) {
      bench.visit(jar, (session) => session.set("user_id", 1));
      old = jar.cookie;
      const [visit, session] = openOld();
      logout(session);
      replace();
      visit.close();
      assert.deepEqual(bench.store.liveSessions, []);
    }
  });

  it("meanwhile: ends nothing where nobody logs out, or nobody was logged in", () => {
    for (const [given, use] of [
      ["user_id", (session: Session) => session.set("theme", "dark")],
      ["theme", (session: Session) => session.clear()],
      ["theme", (session: Session) => session.set("user_id", 2)],
    ] as const) {
      bench.visit(jar, (session) => session.clear());
      bench.visit(jar, (session) => session.set(given, 1));
      old = jar.cookie;
      const [visit, session] = openOld();
      use(session);
      replace();
      visit.close();
      bench.visit(jar, (session) => assert.deepEqual({ ...session.all() }, { [given]: 1 }));
    }
  });
});
