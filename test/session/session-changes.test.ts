import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { SessionChanges } from "../../src/session/session-changes.ts";
import { emptyContent, type SessionContent } from "../../src/session/session-content.ts";

const BEGAN = 1000;
const NOW = 5000;

type Part = (changes: SessionChanges) => void;

const set =
  (key: string, value: unknown): Part =>
  (changes) =>
    changes.add(`data ${key}`, ({ data }) => data.set(key, value));
const loginAs =
  (subject: number): Part =>
  (changes) =>
    changes.login((content) => {
      content.data.delete("user_id");
      content.data.set("sub", subject);
      content.claims = { name: "Zoe" };
    });
const tie =
  (name: string, expiresAt: number): Part =>
  (changes) =>
    changes.tie(name, expiresAt);
const clear: Part = (changes) => changes.clear();

function changesOf(...parts: readonly Part[]): SessionChanges {
  const changes = new SessionChanges();
  for (const part of parts) part(changes);
  return changes;
}

function contentOf(data: Record<string, unknown>, rest: Partial<SessionContent> = {}): SessionContent {
  return { ...emptyContent(BEGAN), data: new Map(Object.entries(data)), ...rest };
}

function dataAfter(changes: SessionChanges, before: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(changes.appliedTo(contentOf(before), NOW).data);
}

describe("the changes of a request", () => {
  it("are none until something is changed or tied", () => {
    assert.equal(changesOf().isEmpty, true);
    for (const part of [set("a", 1), loginAs(1), tie("token:1", NOW), clear]) {
      assert.equal(changesOf(part).isEmpty, false);
    }
  });

  it("are made in the order in which each place was changed last", () => {
    const changes = changesOf(set("user_id", 1), loginAs(2), set("user_id", 3));
    assert.deepEqual(dataAfter(changes, {}), { sub: 2, user_id: 3 });
  });

  it("leave the content alone that they are made to", () => {
    const before = contentOf({ a: 1 }, { flash: new Map([["note", "Hello"]]), tied: new Map([["token:1", NOW + 1]]) });
    const after = changesOf(clear, set("b", 2)).appliedTo(before, NOW);
    assert.deepEqual(after, { ...emptyContent(BEGAN), data: new Map([["b", 2]]) });
    assert.deepEqual([before.data.size, before.flash.size, before.tied.size], [1, 1, 1]);
  });

  it("have others follow: at each place the later one counts, and an emptying takes all before it", () => {
    const before = { x: 1 };
    const followed = (earlier: readonly Part[], later: readonly Part[]): Record<string, unknown> =>
      dataAfter(changesOf(...earlier).followedBy(changesOf(...later)), before);
    assert.deepEqual(followed([set("a", 1), set("b", 1)], [set("a", 2)]), { x: 1, b: 1, a: 2 });
    assert.deepEqual(followed([set("a", 1)], [clear, set("b", 2)]), { b: 2 });
    assert.deepEqual(followed([set("c", 0), clear, set("a", 1)], [set("b", 2)]), { a: 1, b: 2 });
  });

  it("are those of a login, also when others follow, until the session is emptied", () => {
    const isLogin = (earlier: readonly Part[], later: readonly Part[]): boolean =>
      changesOf(...earlier).followedBy(changesOf(...later)).isLogin;
    assert.equal(isLogin([set("a", 1)], [set("a", 2)]), false);
    assert.equal(isLogin([loginAs(1)], [set("a", 2)]), true);
    assert.equal(isLogin([set("a", 1)], [loginAs(1)]), true);
    assert.equal(isLogin([loginAs(1)], [clear]), false);
    assert.equal(isLogin([loginAs(1)], [clear, loginAs(2)]), true);
    assert.equal(isLogin([loginAs(1), clear], [set("a", 1)]), false);
  });

  it("keep what both have tied, until when the later one says", () => {
    const both = changesOf(tie("token:1", NOW + 1), tie("token:2", NOW + 1)).followedBy(
      changesOf(tie("token:1", NOW + 9)),
    );
    assert.deepEqual(both.tiedNames, ["token:1", "token:2"]);
    assert.deepEqual(Object.fromEntries(both.appliedTo(contentOf({}), NOW).tied), {
      "token:1": NOW + 9,
      "token:2": NOW + 1,
    });
  });
});

describe("a session to which changes are made", () => {
  const someone = (data: Record<string, unknown>): SessionContent =>
    contentOf(data, { claims: { name: "Ann" }, tied: new Map([["token:1", NOW + 1]]) });
  const after = (before: SessionContent, ...parts: readonly Part[]): readonly unknown[] => {
    const { createdAt, claims, tied } = changesOf(...parts).appliedTo(before, NOW);
    return [createdAt, claims, [...tied.keys()]];
  };
  const remove: Part = (changes) => changes.add("data user_id", ({ data }) => data.delete("user_id"));

  it("keeps its age, what was said of its bearer and what is tied to it while the bearer stays", () => {
    assert.deepEqual(after(someone({ user_id: 1 }), set("a", 1)), [BEGAN, { name: "Ann" }, ["token:1"]]);
    assert.deepEqual(after(someone({ user_id: 1 }), set("sub", "1")), [BEGAN, { name: "Ann" }, ["token:1"]]);
    assert.deepEqual(after(someone({}), set("a", 1)), [BEGAN, { name: "Ann" }, ["token:1"]]);
  });

  it("begins anew with a login, which ends what is tied to somebody else only", () => {
    assert.deepEqual(after(someone({ user_id: 1 }), loginAs(1)), [NOW, { name: "Zoe" }, ["token:1"]]);
    assert.deepEqual(after(someone({}), loginAs(1)), [NOW, { name: "Zoe" }, ["token:1"]]);
    assert.deepEqual(after(someone({ user_id: 2 }), loginAs(1)), [NOW, { name: "Zoe" }, []]);
  });

  it("begins anew where a handler sets another bearer, of whom nothing was said", () => {
    assert.deepEqual(after(someone({ user_id: 1 }), set("user_id", 2)), [NOW, {}, []]);
    assert.deepEqual(after(someone({}), set("user_id", 2)), [NOW, {}, ["token:1"]]);
  });

  it("does not get younger by a logout, or by a login that was taken back", () => {
    assert.deepEqual(after(someone({ user_id: 1 }), remove), [BEGAN, {}, []]);
    assert.deepEqual(after(someone({ user_id: 1 }), clear), [BEGAN, {}, []]);
    assert.deepEqual(after(someone({}), clear), [BEGAN, {}, []]);
    assert.deepEqual(after(someone({}), loginAs(1), clear), [BEGAN, {}, []]);
  });

  it("lets go what has expired by now, and no sooner", () => {
    const tied = new Map([
      ["token:1", NOW],
      ["token:2", NOW + 1],
    ]);
    assert.deepEqual(after(contentOf({}, { tied }), tie("token:3", NOW), tie("token:4", NOW + 1)), [
      BEGAN,
      {},
      ["token:2", "token:4"],
    ]);
  });
});
