import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Session } from "../../src/session/session.ts";
import { atOnce, openSessions } from "./open-sessions.ts";

describe("Session", () => {
  it("gives in the next request what was set in this one", () => {
    const { visit } = openSessions();
    const jar = { cookie: undefined };
    visit(jar, (session) => session.set("cart", [{ sku: "a", count: 2 }]));
    visit(jar, (session) => {
      assert.deepEqual(session.get("cart"), [{ sku: "a", count: 2 }]);
      assert.equal(session.has("cart"), true);
      assert.equal(session.get("theme"), undefined);
      assert.equal(session.get("theme", "dark"), "dark");
    });
  });

  it("gives null, false and 0 where they were set, and the fallback only where nothing was", () => {
    const { visit } = openSessions();
    const jar = { cookie: undefined };
    visit(jar, (session) => {
      for (const [key, value] of Object.entries({ a: null, b: false, c: 0, d: "" })) session.set(key, value);
    });
    visit(jar, (session) => {
      assert.deepEqual(
        ["a", "b", "c", "d", "e"].map((key) => session.get(key, "fallback")),
        [null, false, 0, "", "fallback"],
      );
    });
  });

  it("gives values that are frozen to their last member, before and after they were stored", () => {
    const { visit } = openSessions();
    const jar = { cookie: undefined };
    const isFrozen = (value: unknown): boolean => {
      const cart = value as { items: { sku: string }[] };
      return [cart, cart.items, cart.items[0]].every((member) => Object.isFrozen(member));
    };
    const cart = { items: [{ sku: "a" }] };
    visit(jar, (session) => {
      session.set("cart", cart);
      cart.items.push({ sku: "b" });
      assert.equal(isFrozen(session.get("cart")), true);
      assert.deepEqual(session.get("cart"), { items: [{ sku: "a" }] });
      assert.equal(Object.isFrozen(cart), false);
    });
    visit(jar, (session) => {
      assert.equal(isFrozen(session.get("cart")), true);
      assert.equal(isFrozen(session.all().cart), true);
    });
  });

  it("removes a key, and says whether it was there", () => {
    const { visit } = openSessions();
    const jar = { cookie: undefined };
    visit(jar, (session) => {
      session.set("a", 1);
      session.set("b", 2);
    });
    visit(jar, (session) => assert.deepEqual([session.delete("a"), session.delete("a")], [true, false]));
    visit(jar, (session) => assert.deepEqual({ ...session.all() }, { b: 2 }));
  });

  it("is empty after clear, but for what is set afterwards", () => {
    const { visit } = openSessions();
    const jar = { cookie: undefined };
    visit(jar, (session) => {
      session.set("a", 1);
      session.flash("note", "hello");
    });
    visit(jar, (session) => {
      session.set("b", 2);
      session.clear();
      session.set("c", 3);
    });
    visit(jar, (session) => {
      assert.deepEqual({ ...session.all() }, { c: 3 });
      assert.equal(session.flash("note"), undefined);
    });
  });

  it("gives a flash value once, and keeps it apart from what was set", () => {
    const { visit } = openSessions();
    const jar = { cookie: undefined };
    visit(jar, (session) => session.flash("note", { text: "saved" }));
    visit(jar, (session) => assert.deepEqual([session.get("note"), { ...session.all() }], [undefined, {}]));
    visit(jar, (session) =>
      assert.deepEqual([session.flash("note"), session.flash("note")], [{ text: "saved" }, undefined]),
    );
    visit(jar, (session) => assert.equal(session.flash("note"), undefined));
  });

  it("leaves a message alone that came while another one was read, and stores nothing where there was none", () => {
    const { visit, sessions, store } = openSessions();
    const jar = { cookie: undefined };
    visit(jar, (session) => session.flash("note", { text: "old" }));
    const slow = atOnce(sessions.open(jar.cookie));
    assert.deepEqual(new Session(slow).flash("note"), { text: "old" });
    visit(jar, (session) => session.flash("note", { text: "new" }));
    slow.close();
    visit(jar, (session) => assert.deepEqual(session.flash("note"), { text: "new" }));
    store.calls.splice(0);
    visit(jar, (session) => assert.equal(session.flash("note"), undefined));
    assert.deepEqual(
      store.calls.filter((call) => call.startsWith("write ")),
      [],
    );
  });

  it("refuses an assignment with the way to write it", () => {
    openSessions().visit({ cookie: undefined }, (session) => {
      assert.throws(() => Object.assign(session, { user_id: 42 }), {
        code: "SESSION_MISUSED",
        message: 'session["user_id"] = … stores nothing. Write session.set("user_id", …).',
      });
      assert.throws(() => Object.assign(session, { get: 42 }), TypeError);
      assert.equal(session.has("user_id"), false);
    });
  });

  it("takes names of Object.prototype as plain keys and refuses __proto__, without pollution (S22)", () => {
    const { visit } = openSessions();
    const jar = { cookie: undefined };
    visit(jar, (session) => {
      assert.throws(() => session.set("__proto__", { admin: 1 }), { code: "SESSION_VALUE_INVALID" });
      assert.throws(() => session.flash("__proto__", 1), { code: "SESSION_VALUE_INVALID" });
      assert.throws(() => session.set("a", JSON.parse('{"__proto__":{"admin":1}}')), { code: "SESSION_VALUE_INVALID" });
      session.set("constructor", "plain");
      session.set("toString", { admin: 1 });
    });
    visit(jar, (session) => {
      assert.deepEqual([session.get("constructor"), session.get("toString")], ["plain", { admin: 1 }]);
      assert.equal(session.get("valueOf"), undefined);
      assert.equal(session.has("hasOwnProperty"), false);
      assert.equal(Object.getPrototypeOf(session.all()), null);
    });
    assert.equal(({} as { admin?: unknown }).admin, undefined);
  });

  it("refuses a value over 1 MB with a typed error, and stays as it was (S17)", () => {
    const { visit, store } = openSessions();
    const jar = { cookie: undefined };
    visit(jar, (session) => {
      session.set("small", 1);
      assert.throws(() => session.set("large", "x".repeat(1_048_576)), { code: "SESSION_TOO_LARGE" });
      assert.throws(() => session.set("large", "ä".repeat(600_000)), { code: "SESSION_TOO_LARGE" });
    });
    visit(jar, (session) => assert.deepEqual({ ...session.all() }, { small: 1 }));
    assert.ok([...store.records.values()].every(({ value }) => value.length < 200));
  });

  it("refuses many values that are over 1 MB only together, and takes one that replaces another", () => {
    const { visit } = openSessions();
    const jar = { cookie: undefined };
    const half = "x".repeat(500_000);
    visit(jar, (session) => {
      session.set("a", half);
      session.set("b", half);
      assert.throws(() => session.set("c", half), { code: "SESSION_TOO_LARGE" });
    });
    visit(jar, (session) => {
      session.set("b", half.toUpperCase());
      assert.throws(() => session.set("c", half), { code: "SESSION_TOO_LARGE" });
      session.delete("a");
      session.set("c", half);
    });
    visit(jar, (session) => assert.deepEqual(Object.keys(session.all()), ["b", "c"]));
  });

  it("cannot be changed once the response is on its way", () => {
    const { visit } = openSessions();
    const late = visit({ cookie: undefined }, (session) => session);
    assert.throws(() => late.set("a", 1), { code: "SESSION_MISUSED" });
  });
});
