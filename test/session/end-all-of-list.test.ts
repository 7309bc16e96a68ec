import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sha256 } from "../../src/crypto/sha256.ts";
import { openSessions } from "./open-sessions.ts";

const LIST = `subject:${sha256("1", "base64url")}`;

describe("the list of the sessions that a subject has", () => {
  const loggedIn = () => {
    const bench = openSessions();
    bench.visit({ cookie: undefined }, (session) => session.set("user_id", 1));
    bench.store.calls.splice(0);
    return bench;
  };

  it("lets endAllOf fail, rather than be done, whichever call of the store fails", () => {
    for (let calls = 0; calls < 6; calls += 1) {
      const { sessions, store } = loggedIn();
      let left = calls;
      store.fails = () => left-- <= 0;
      assert.throws(() => sessions.endAllOf(1), { status: 503, code: "STORE_UNAVAILABLE" });
    }
  });

  it("is read and written before a session ends, and after it", () => {
    const { sessions, store } = loggedIn();
    const [key = ""] = store.liveSessions;
    sessions.endAllOf(1);
    const list = [`read ${LIST}`, `write ${LIST}`];
    assert.deepEqual(store.calls, [...list, `read ${key}`, `write ${key}`, ...list]);
  });

  it("is empty once they have ended, so that asking again asks for nothing else", () => {
    const { sessions, store } = loggedIn();
    sessions.endAllOf(1);
    store.calls.splice(0);
    sessions.endAllOf(1);
    assert.deepEqual(store.calls, [`read ${LIST}`, `read ${LIST}`]);
  });
});
