import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Session } from "../../src/session/session.ts";
import { openSessions } from "./open-sessions.ts";

const CODE = "SESSION_VALUE_INVALID";

describe("a session tells what it cannot keep", () => {
  const refusedBy = (use: (session: Session) => unknown, message: string | RegExp): void => {
    const { visit, store } = openSessions();
    visit({ cookie: undefined }, (session) => assert.throws(() => use(session), { code: CODE, message }));
    assert.deepEqual(store.calls, []);
  };

  it("as a key that is no text, or names a prototype", () => {
    refusedBy((session) => session.set(7 as unknown as string, 1), "session.set takes a text as key, not a number.");
    refusedBy(
      (session) => session.flash(Symbol("a") as unknown as string, 1),
      "session.flash takes a text as key, not a symbol.",
    );
    refusedBy((session) => session.set("__proto__", {}), 'session.set takes a text as key, not "__proto__".');
  });

  it("as an object of a class, or of none that has a name", () => {
    const nameless = Object.create(Object.create(null));
    refusedBy((session) => session.set("a", new URL("http://a.example")), /It is an object of class URL\./);
    refusedBy((session) => session.set("a", [nameless]), /At "\/0" there is an object of class unknown\./);
  });
});
