import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Session } from "../../src/session/session.ts";
import { atOnce, type Jar, type OpenSessions, openSessions } from "./open-sessions.ts";

const MAX_BYTES = 1_048_576;

describe("the size of a session", () => {
  /** How much fits beside an empty text under the key. */
  const roomIn = (store: OpenSessions["store"]): number =>
    MAX_BYTES - Math.max(...[...store.records.values()].map(({ value }) => Buffer.byteLength(value)));

  it("is at most a MiB as it is stored, to the byte", () => {
    const { visit, store } = openSessions();
    const jar: Jar = { cookie: undefined };
    visit(jar, (session) => session.set("a", ""));
    const room = roomIn(store);
    visit(jar, (session) => {
      assert.throws(() => session.set("a", "x".repeat(room + 1)), { code: "SESSION_TOO_LARGE" });
      session.set("a", "x".repeat(room));
    });
    assert.equal(roomIn(store), 0);
    visit(jar, (session) => assert.equal(String(session.get("a")).length, room));
  });

  it("is refused where only parallel requests together make too much of it", () => {
    const { visit, sessions, store } = openSessions();
    const jar: Jar = { cookie: undefined };
    visit(jar, (session) => session.set("a", 1));
    const slow = atOnce(sessions.open(jar.cookie));
    new Session(slow).set("b", "x".repeat(600_000));
    visit(jar, (session) => session.set("c", "x".repeat(600_000)));
    assert.throws(() => slow.close(), { code: "SESSION_TOO_LARGE" });
    visit(jar, (session) => assert.deepEqual(Object.keys(session.all()), ["a", "c"]));
    assert.ok(roomIn(store) > 0);
  });

  it("counts bytes, and what is there already", () => {
    const { visit } = openSessions();
    const jar: Jar = { cookie: undefined };
    visit(jar, (session) => {
      session.set("a", "ä".repeat(300_000));
      session.save();
      assert.throws(() => session.set("b", "ä".repeat(260_000)), { code: "SESSION_TOO_LARGE" });
    });
    visit(jar, (session) => {
      assert.throws(() => session.set("b", "ä".repeat(260_000)), { code: "SESSION_TOO_LARGE" });
      assert.throws(() => session.flash("b", "ä".repeat(260_000)), { code: "SESSION_TOO_LARGE" });
      session.set("b", "ä".repeat(200_000));
    });
  });

  it("limits what a login says, too", () => {
    const { visit } = openSessions();
    visit({ cookie: undefined }, (_session, visit) => {
      assert.throws(() => visit.login({ sub: 1, note: "x".repeat(MAX_BYTES) }), { code: "SESSION_TOO_LARGE" });
      assert.equal(visit.claims(), null);
    });
  });
});
