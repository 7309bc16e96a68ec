import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AnonymousIds } from "../../src/session/anonymous-ids.ts";
import { Sessions, type SessionsOptions } from "../../src/session/sessions.ts";
import { DoubleStore } from "./double-store.ts";
import { ANONYMOUS_KEY, atOnce, openSessions, START } from "./open-sessions.ts";

const YEAR_SECONDS = 31_622_400;

describe("the options of Sessions", () => {
  it("are refused when they do not exist, with the nearest that does", () => {
    assert.throws(() => openSessions({ lifetimeSecond: 60 } as Partial<SessionsOptions>), {
      code: "OPTION_UNKNOWN",
      message: 'Sessions has no option "lifetimeSecond". Did you mean "lifetimeSeconds"?',
    });
  });

  it("take whole seconds from one to a year for both lifetimes", () => {
    for (const name of ["lifetimeSeconds", "maxAgeSeconds"] as const) {
      for (const seconds of [1, YEAR_SECONDS]) openSessions({ [name]: seconds });
      for (const seconds of [0, -1, YEAR_SECONDS + 1, 1.5, Number.NaN]) {
        assert.throws(() => openSessions({ [name]: seconds }), {
          code: "OPTION_INVALID",
          message: `${name} must be a whole number from 1 to ${YEAR_SECONDS}, not ${seconds}.`,
        });
      }
    }
  });

  it("let a session idle for an hour and live for twelve, unless they say otherwise", () => {
    const { visit, store } = openSessions();
    visit({ cookie: undefined }, (session) => session.set("user_id", 1));
    const ends = Object.fromEntries(
      [...store.records].map(([key, { expiresAt }]) => [key.split(":", 1)[0], expiresAt - START]),
    );
    assert.deepEqual(ends, { session: 3_600_000, subject: 43_200_000 });
  });

  it("need no more than a store and a key", () => {
    const store = new DoubleStore(Date.now);
    const sessions = new Sessions({ store, anonymousKey: ANONYMOUS_KEY });
    const visit = atOnce(sessions.open(undefined));
    visit.login({ sub: 1 });
    visit.tie("token:1", Date.now() + 1_000_000);
    const next = atOnce(sessions.open(atOnce(visit.close())?.value));
    assert.equal(next.claims()?.sub, 1);
    next.destroy();
    assert.deepEqual(next.close(), { value: "", maxAge: 0 });
  });

  it("recognise an anonymous id of a key before this one, and make none with it", () => {
    const formerKey = new Uint8Array(32).fill(1);
    const former = new AnonymousIds(formerKey);
    const { sessions } = openSessions({ previousAnonymousKeys: [new Uint8Array(32).fill(2), formerKey] });
    const id = former.make();
    assert.equal(atOnce(sessions.open(id)).formBinding(), id);
    assert.equal(former.isOurs(atOnce(sessions.open(undefined)).bindForm()), false);
    assert.equal(atOnce(openSessions().sessions.open(id)).formBinding(), null);
  });
});
