import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Claims, subjectOf } from "../../src/claims.ts";
import { bearerOf, claimsOf, hasSameIdentity } from "../../src/session/identity.ts";
import { emptyContent } from "../../src/session/session-content.ts";
import { type Jar, openSessions, START } from "./open-sessions.ts";

const claimsFrom = (data: Record<string, unknown>): Claims | null =>
  claimsOf({ ...emptyContent(0), data: new Map(Object.entries(data)) });

describe("bearerOf", () => {
  const subject = (data: Record<string, unknown>): string | null => bearerOf(new Map(Object.entries(data)));

  it("is sub, else user_id, else userId, else user", () => {
    assert.equal(subject({ user: 4, userId: 3, user_id: 2, sub: "1" }), "1");
    assert.equal(subject({ user: 4, userId: 3, user_id: 2 }), "2");
    assert.equal(subject({ user: 4, userId: 3 }), "3");
    assert.equal(subject({ user: 4 }), "4");
  });

  it("is found in an object under user", () => {
    assert.equal(subject({ user: { id: 7, name: "Zoe" } }), "7");
    assert.equal(subject({ user: { id: 7, sub: "zoe" } }), "zoe");
    assert.equal(subject({ user: { name: "Zoe" } }), null);
  });

  it("is nobody for what names nobody", () => {
    for (const value of [undefined, null, "", 0, false, true, [], {}]) assert.equal(subject({ user_id: value }), null);
  });
});

describe("hasSameIdentity", () => {
  const before = new Map<string, unknown>([["theme", "dark"]]);

  for (const key of [
    "user",
    "user_id",
    "userId",
    "sub",
    "role",
    "roles",
    "logged_in",
    "loggedIn",
    "is_admin",
    "isAdmin",
  ]) {
    it(`is false when ${key} came, went or became another`, () => {
      const after = new Map([...before, [key, 1]]);
      assert.equal(hasSameIdentity(before, after), false);
      assert.equal(hasSameIdentity(after, before), false);
      assert.equal(hasSameIdentity(after, new Map([...before, [key, 2]])), false);
    });
  }

  it("is true when only other keys changed", () => {
    assert.equal(hasSameIdentity(before, new Map([["theme", "light"]])), true);
    assert.equal(hasSameIdentity(new Map([["user", { id: 1 }]]), new Map([["user", { id: 1 }]])), true);
  });
});

describe("claimsOf", () => {
  it("takes a session as authenticated that names a subject", () => {
    assert.deepEqual(claimsFrom({ user_id: 42, role: "admin", theme: "dark" }), {
      sub: 42,
      user_id: 42,
      role: "admin",
    });
    assert.deepEqual(claimsFrom({ user: { id: 7 } }), { sub: 7, user: { id: 7 } });
  });

  it("names the same subject that the session is ended with", () => {
    for (const sub of ["", 0, true, null]) {
      const data = { sub, user_id: 42 };
      assert.equal(String(subjectOf(claimsFrom(data) ?? {})), bearerOf(new Map(Object.entries(data))));
    }
  });

  it("takes a session as authenticated whose logged_in or loggedIn is true, and nothing that is only like it", () => {
    assert.deepEqual(claimsFrom({ logged_in: true }), { logged_in: true });
    assert.deepEqual(claimsFrom({ loggedIn: true, roles: ["a"] }), { loggedIn: true, roles: ["a"] });
    for (const value of [1, "true", "no", {}, []]) assert.equal(claimsFrom({ logged_in: value }), null);
  });

  it("gives nothing for a session that says it is logged out, or only what somebody may do", () => {
    for (const value of [false, null, 0, ""]) assert.equal(claimsFrom({ user_id: 42, logged_in: value }), null);
    assert.equal(claimsFrom({ role: "admin", is_admin: true }), null);
    assert.equal(claimsFrom({}), null);
  });
});

describe("hasSameIdentity", () => {
  it("compares values, not objects", () => {
    const map = (value: unknown): Map<string, unknown> => new Map([["user", value]]);
    assert.equal(hasSameIdentity(map({ id: 1 }), map({ id: 1 })), true);
    assert.equal(hasSameIdentity(map({ id: 1 }), map({ id: 2 })), false);
    assert.equal(hasSameIdentity(map(null), new Map()), false);
    assert.equal(hasSameIdentity(map(1), map("1")), false);
  });
});

describe("a login", () => {
  const login = (...claims: readonly Claims[]) => {
    const { visit } = openSessions();
    const jar: Jar = { cookie: undefined };
    for (const each of claims) visit(jar, (_session, visit) => visit.login(each));
    return { jar, visit };
  };

  it("lets the session say what the claims said, and when they were proven", () => {
    const { jar, visit } = login({ sub: 42, role: "admin", name: "Zoe", iat: 1, exp: 2, nbf: 3, jti: "x" });
    const expected = { sub: 42, role: "admin", name: "Zoe", auth_time: START / 1000 };
    visit(jar, (session, visit) => {
      assert.deepEqual(visit.claims(), expected);
      assert.deepEqual({ ...session.all() }, { sub: 42, role: "admin" });
      assert.equal(Object.isFrozen(visit.claims()), true);
    });
  });

  it("leaves nothing of who was logged in before", () => {
    const { jar, visit } = login({ user_id: 1, role: "admin", is_admin: true, name: "Zoe" }, { sub: 2 });
    visit(jar, (_session, visit) => assert.deepEqual(visit.claims(), { sub: 2, auth_time: START / 1000 }));
  });

  it("can be changed and undone by hand", () => {
    const { jar, visit } = login({ sub: 42, role: "admin", name: "Zoe" });
    visit(jar, (session) => session.set("role", "user"));
    visit(jar, (_session, visit) => assert.deepEqual(visit.claims()?.role, "user"));
    visit(jar, (session) => session.delete("role"));
    visit(jar, (_session, visit) => assert.equal(visit.claims()?.role, undefined));
    visit(jar, (session) => session.set("sub", 43));
    visit(jar, (_session, visit) => assert.deepEqual(visit.claims(), { sub: 43 }));
    visit(jar, (session) => session.clear());
    visit(jar, (_session, visit) => assert.equal(visit.claims(), null));
  });

  it("refuses claims that do not say who logs in, or that cannot be stored", () => {
    openSessions().visit({ cookie: undefined }, (session, visit) => {
      for (const claims of [{}, { role: "admin" }, { sub: "" }, { sub: 1, at: new Date() }]) {
        assert.throws(() => visit.login(claims), { code: "SESSION_VALUE_INVALID" });
      }
      assert.deepEqual({ ...session.all() }, {});
    });
  });
});
