import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AnonymousIds } from "../../src/session/anonymous-ids.ts";
import { type IdKind, VisitIds } from "../../src/session/visit-ids.ts";

const COOKIE = "sent";

function idsOf(cookie: string | undefined, kind: IdKind): VisitIds {
  let made = 0;
  const makeId = (): string => `made ${++made}`;
  const anonymousIds = new AnonymousIds(new Uint8Array(32), makeId);
  return new VisitIds(cookie, kind, { makeId, anonymousIds });
}

describe("the ids of a visit", () => {
  it("count the one that was sent by what it is the id of", () => {
    const seen = ([cookie, kind]: readonly [string | undefined, IdKind]): readonly unknown[] => {
      const ids = idsOf(cookie, kind);
      return [ids.presented, ids.current, ids.anonymous() === COOKIE];
    };
    assert.deepEqual(seen([COOKIE, "session"]), [COOKIE, COOKIE, false]);
    assert.deepEqual(seen([COOKIE, "anonymous"]), [COOKIE, undefined, true]);
    assert.deepEqual(seen([COOKIE, null]), [null, undefined, false]);
    assert.deepEqual(seen([undefined, null]), [null, undefined, false]);
  });

  it("promise the same next one until that is in use, forgotten, or of no session any more", () => {
    const ids = idsOf(COOKIE, "session");
    assert.deepEqual([ids.next(), ids.next()], ["made 1", "made 1"]);
    ids.moveTo("made 1");
    assert.deepEqual([ids.current, ids.next()], ["made 1", "made 2"]);
    ids.forgetNext();
    assert.equal(ids.next(), "made 3");
    ids.expire();
    assert.equal(ids.next(), "made 4");
  });

  it("keep the next one where an untold one is made, or where the session moves to another", () => {
    const ids = idsOf(COOKIE, "session");
    const next = ids.next();
    assert.equal(ids.untold(), "made 2");
    ids.moveTo("made 2");
    assert.equal(ids.next(), next);
  });

  it("make one anonymous id, and no more", () => {
    const ids = idsOf(undefined, null);
    assert.match(ids.anonymous(), /^\.made 1\./);
    assert.equal(ids.anonymous(), ids.anonymous());
  });
});

describe("the cookie of a visit", () => {
  it("is sent for no other reason than that it changes", () => {
    for (const kind of ["session", "anonymous", null] as const) assert.equal(idsOf(COOKIE, kind).cookieChange(), null);
    assert.equal(idsOf(undefined, null).cookieChange(), null);
    const promised = idsOf(COOKIE, "session");
    promised.next();
    promised.anonymous();
    assert.equal(promised.cookieChange(), null);
  });

  it("is the id of the session, else the anonymous one", () => {
    const ids = idsOf(undefined, null);
    const anonymous = ids.anonymous();
    assert.deepEqual(ids.cookieChange(), { value: anonymous, maxAge: undefined });
    ids.moveTo("made 9");
    assert.deepEqual(ids.cookieChange(), { value: "made 9", maxAge: undefined });
  });

  it("goes with the session, where there is one and no other id follows", () => {
    const [ids, never] = [idsOf(COOKIE, "session"), idsOf(undefined, null)];
    for (const each of [ids, never]) each.expire();
    assert.deepEqual([ids.current, ids.cookieChange()], [undefined, { value: "", maxAge: 0 }]);
    assert.equal(never.cookieChange(), null);
    ids.moveTo("made 9");
    assert.deepEqual(ids.cookieChange(), { value: "made 9", maxAge: undefined });
  });
});
