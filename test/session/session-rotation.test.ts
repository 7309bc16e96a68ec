import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { IDENTITY_KEYS } from "../../src/session/identity.ts";
import { Session } from "../../src/session/session.ts";
import { sessionKey } from "../../src/session/session-key.ts";
import { atOnce, type Jar, type OpenSessions, openSessions, START } from "./open-sessions.ts";

/** What becomes of the id of a stored session when a request uses it so. */
function idAfter(use: (session: Session) => void): "same" | "other" | "none" {
  const { visit } = openSessions();
  const jar: Jar = { cookie: undefined };
  visit(jar, (session) => {
    session.set("role", "user");
    session.set("user", { id: 1, name: "Zoe" });
    session.set("theme", "dark");
  });
  const before = jar.cookie;
  visit(jar, use);
  return jar.cookie === undefined ? "none" : jar.cookie === before ? "same" : "other";
}

describe("the id of a session", () => {
  it("changes when a handler only sets user_id (S03)", () => {
    const { visit, store } = openSessions();
    const jar: Jar = { cookie: undefined };
    visit(jar, (session) => session.set("theme", "dark"));
    const fixed = jar.cookie;
    visit(jar, (session) => session.set("user_id", 1));
    assert.notEqual(jar.cookie, fixed);
    assert.deepEqual(store.liveSessions, [sessionKey(jar.cookie ?? "")]);
    visit(jar, (session) => assert.deepEqual({ ...session.all() }, { theme: "dark", user_id: 1 }));
    visit({ cookie: fixed }, (session) => assert.deepEqual({ ...session.all() }, {}));
  });

  it("changes with each value that says who the bearer is or what they may do, and with no other (S04)", () => {
    for (const key of IDENTITY_KEYS) {
      assert.equal(
        idAfter((session) => session.set(key, "new")),
        "other",
        key,
      );
    }
    assert.equal(
      idAfter((session) => session.set("theme", "light")),
      "same",
    );
    assert.equal(
      idAfter((session) => session.set("role", "user")),
      "same",
    );
    assert.equal(
      idAfter((session) => session.set("user", { id: 1, name: "Zoe" })),
      "same",
    );
  });

  it("changes at re-authentication, logout by clear and regenerate, and is gone after destroy (S04)", () => {
    assert.equal(
      idAfter((session) => session.delete("role")),
      "other",
    );
    assert.equal(
      idAfter((session) => session.clear()),
      "other",
    );
    assert.equal(
      idAfter((session) => session.regenerate()),
      "other",
    );
    assert.equal(
      idAfter((session) => session.destroy()),
      "none",
    );
  });

  it("stays when a value is set and set back", () => {
    const use = (session: Session): void => {
      session.set("role", "admin");
      session.set("role", "user");
    };
    assert.equal(idAfter(use), "same");
  });

  it("changes at each login, also of the same subject, and other data stays", () => {
    const { visit, sessions } = openSessions();
    const jar: Jar = { cookie: undefined };
    visit(jar, (session) => session.set("cart", [1]));
    const ids = [jar.cookie];
    for (let login = 0; login < 3; login += 1) {
      visit(jar, (_session, visit) => visit.login({ sub: 1, role: "user" }));
      ids.push(jar.cookie);
    }
    assert.equal(new Set(ids).size, 4);
    assert.deepEqual(atOnce(sessions.open(jar.cookie)).content.data.get("cart"), [1]);
  });

  it("is remembered for a minute after it was replaced: anonymous, and no response sets a cookie", () => {
    const { visit, clock, store, events } = openSessions();
    const jar = loggedIn(visit);
    const old = jar.cookie;
    visit(jar, (session) => session.regenerate());
    const slowTab: Jar = { cookie: old };
    clock.time = START + 59_999;
    visit(slowTab, (session, visit) => {
      assert.equal(session.get("user_id"), undefined);
      assert.equal(visit.claims(), null);
      assert.equal(visit.formBinding(), null);
      session.set("user_id", 2);
      visit.bindForm();
    });
    assert.equal(slowTab.cookie, old);
    assert.deepEqual(events, [{ kind: "changes-dropped", key: undefined }]);
    visit(jar, (session) => assert.equal(session.get("user_id"), 1));
    clock.time = START + 60_000;
    visit(slowTab, (session) => session.set("a", 1));
    assert.notEqual(slowTab.cookie, old);
    assert.equal(store.liveSessions.length, 2);
  });

  it("ends the session under its newest id where a replaced one logs out, with what is tied to it", () => {
    const { visit, store, ended, events } = openSessions();
    const jar = loggedIn(visit);
    const slowTab: Jar = { cookie: jar.cookie };
    visit(jar, (session) => session.regenerate());
    visit(jar, (session, visit) => {
      visit.tie("family:1", START + 1000);
      session.regenerate();
    });
    visit(slowTab, (session) => session.destroy());
    assert.deepEqual([slowTab.cookie, store.liveSessions, ended, events], [undefined, [], ["family:1"], []]);
  });

  it("is another one for what a replaced one sets after destroy", () => {
    const { visit, store } = openSessions();
    const jar = loggedIn(visit);
    const slowTab: Jar = { cookie: jar.cookie };
    visit(jar, (session) => session.regenerate());
    visit(slowTab, (session) => {
      session.destroy();
      session.flash("note", "Goodbye");
    });
    visit(slowTab, (session) => assert.equal(session.flash("note"), "Goodbye"));
    assert.deepEqual(store.liveSessions, [sessionKey(slowTab.cookie ?? "")]);
  });

  it("ends the session also if it was replaced while this request saved", () => {
    const { visit, sessions, store } = openSessions();
    const jar = loggedIn(visit);
    const slow = atOnce(sessions.open(jar.cookie));
    new Session(slow).set("theme", "dark");
    visit(jar, (session) => session.regenerate());
    slow.save();
    slow.destroy();
    assert.equal(atOnce(slow.close())?.maxAge, 0);
    assert.deepEqual(store.liveSessions, []);
  });

  it("is known for form tokens before the session is saved", () => {
    const { visit } = openSessions();
    const jar: Jar = { cookie: undefined };
    let bound = "";
    visit(jar, (session, visit) => {
      session.set("theme", "dark");
      bound = visit.bindForm();
    });
    assert.equal(jar.cookie, bound);
    visit(jar, (_session, visit) => assert.deepEqual([visit.formBinding(), visit.bindForm()], [bound, bound]));
    for (const use of [
      (session: Session) => session.set("user_id", 1),
      (session: Session) => session.regenerate(),
      (session: Session) => {
        session.destroy();
        session.set("user_id", 2);
      },
    ]) {
      const before = jar.cookie;
      visit(jar, (session, visit) => {
        use(session);
        bound = visit.bindForm();
        assert.equal(visit.formBinding(), before);
      });
      assert.notEqual(bound, before);
      assert.equal(jar.cookie, bound);
    }
  });

  it("is another one for what is set after destroy, of which the old session is no part", () => {
    const { visit, store } = openSessions();
    const jar = loggedIn(visit);
    const old = jar.cookie;
    visit(jar, (session) => {
      session.set("theme", "dark");
      session.destroy();
      assert.deepEqual({ ...session.all() }, {});
      session.flash("note", "Goodbye");
    });
    assert.notEqual(jar.cookie, old);
    visit(jar, (session) => assert.deepEqual([{ ...session.all() }, session.flash("note")], [{}, "Goodbye"]));
    assert.deepEqual(store.liveSessions, [sessionKey(jar.cookie ?? "")]);
  });

  it("expires in the browser with destroy, also where the store did not know it", () => {
    const { visit, store } = openSessions();
    const jar: Jar = { cookie: "A".repeat(43) };
    visit(jar, (session) => session.destroy());
    assert.equal(jar.cookie, undefined);
    assert.equal(store.records.size, 0);
  });
});

describe("an anonymous id", () => {
  it("binds form tokens of later pages too, and nothing is stored for it", () => {
    const { visit, store } = openSessions();
    const jar: Jar = { cookie: undefined };
    const bound = visit(jar, (_session, visit) => visit.bindForm());
    assert.equal(jar.cookie, bound);
    assert.match(bound, /^\./);
    visit(jar, (_session, visit) => assert.deepEqual([visit.formBinding(), visit.bindForm()], [bound, bound]));
    assert.deepEqual([jar.cookie, store.calls], [bound, []]);
  });

  it("gives way to a real one with the first stored value", () => {
    const { visit } = openSessions();
    const jar: Jar = { cookie: undefined };
    const bound = visit(jar, (_session, visit) => visit.bindForm());
    visit(jar, (session, visit) => {
      session.set("a", 1);
      assert.equal(visit.formBinding(), bound);
    });
    assert.match(jar.cookie ?? "", /^[\w-]{43}$/);
    visit(jar, (_session, visit) => assert.notEqual(visit.formBinding(), bound));
  });

  it("is told to the visitor until the visit is over", () => {
    const { sessions } = openSessions();
    const visit = atOnce(sessions.open(undefined));
    assert.equal(visit.canBindForms, true);
    visit.close();
    assert.equal(visit.canBindForms, false);
  });

  it("is not taken from somebody else", () => {
    const { sessions } = openSessions();
    const forged = `.${"A".repeat(22)}.${"A".repeat(43)}`;
    assert.equal(atOnce(sessions.open(forged)).formBinding(), null);
  });
});

describe("a sealed session", () => {
  it("is empty, cannot be written, and sends no cookie", () => {
    const { sessions, store } = openSessions();
    const visit = sessions.openSealed();
    assert.equal(visit.claims(), null);
    visit.tie("token:1", START + 1000);
    visit.bindForm();
    assert.equal(visit.canBindForms, false);
    for (const write of [
      () => visit.change("data a", () => {}),
      () => visit.login({ sub: 1 }),
      () => visit.clear(),
      () => visit.destroy(),
      () => visit.regenerate(),
    ]) {
      assert.throws(write, { code: "SESSION_READ_ONLY" });
    }
    assert.equal(visit.save(), undefined);
    assert.equal(visit.close(), null);
    assert.deepEqual(store.calls, []);
  });
});

function loggedIn(visit: OpenSessions["visit"]): Jar {
  const jar: Jar = { cookie: undefined };
  visit(jar, (session) => session.set("user_id", 1));
  return jar;
}
