import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { emptyContent, type SessionContent } from "../../src/session/session-content.ts";
import { MAX_SESSION_BYTES, type StoredSession } from "../../src/session/session-records.ts";
import { WorkingCopy } from "../../src/session/working-copy.ts";

const BEGAN = 1000;
const NOW = 5000;
const HALF = MAX_SESSION_BYTES / 2;

function stored(data: Record<string, unknown>, rest: Partial<StoredSession> = {}): StoredSession {
  const content = { ...emptyContent(BEGAN), data: new Map(Object.entries(data)) };
  return { key: "session:a", version: "1", expiresAt: NOW, bytes: 0, content, ...rest };
}

const copyOf = (session: StoredSession | null): WorkingCopy => new WorkingCopy(session, () => NOW);
const set = (copy: WorkingCopy, key: string, value: unknown): void =>
  copy.change(`data ${key}`, ({ data }) => data.set(key, value), [key, value]);
const dataOf = ({ content }: { readonly content: SessionContent }): object => Object.fromEntries(content.data);

describe("a working copy", () => {
  it("shows what is stored, else an empty session of now", () => {
    const session = stored({ a: 1 });
    assert.equal(copyOf(session).stored, session);
    assert.equal(copyOf(session).content, session.content);
    assert.deepEqual([copyOf(null).stored, copyOf(null).content], [null, emptyContent(NOW)]);
  });

  it("shows its changes, and leaves alone what others may have read, of which it makes one copy", () => {
    const session = stored({ a: 1 });
    const copy = copyOf(session);
    set(copy, "a", 2);
    const { content } = copy;
    set(copy, "b", 3);
    assert.deepEqual([dataOf(copy), dataOf(session)], [{ a: 2, b: 3 }, { a: 1 }]);
    assert.equal(copy.content, content);
  });

  it("has changes once something is changed, tied or emptied, until they are taken", () => {
    for (const use of [
      (copy: WorkingCopy) => set(copy, "a", 1),
      (copy: WorkingCopy) => copy.login(({ data }) => data.set("sub", 1), { sub: 1 }),
      (copy: WorkingCopy) => copy.clear(),
      (copy: WorkingCopy) => copy.tie("token:1", NOW + 1),
    ]) {
      const copy = copyOf(null);
      assert.equal(copy.hasChanges, false);
      use(copy);
      assert.equal(copy.hasChanges, true);
      assert.equal(copy.takeChanges().isEmpty, false);
      assert.deepEqual([copy.hasChanges, copy.takeChanges().isEmpty], [false, true]);
    }
  });

  it("has data for a value or a message", () => {
    const [value, message] = [copyOf(null), copyOf(null)];
    assert.equal(value.hasData, false);
    set(value, "a", 1);
    message.change("flash note", ({ flash }) => flash.set("note", "Hello"));
    assert.deepEqual([value.hasData, message.hasData], [true, true]);
  });

  it("has a new identity where it says anything else of its bearer than the store does", () => {
    const [known, unknown] = [copyOf(stored({ role: "user" })), copyOf(null)];
    for (const copy of [known, unknown]) set(copy, "role", "user");
    assert.deepEqual([known.hasNewIdentity, unknown.hasNewIdentity], [false, false]);
    for (const copy of [known, unknown]) set(copy, "role", "admin");
    assert.deepEqual([known.hasNewIdentity, unknown.hasNewIdentity], [true, false]);
  });

  it("is empty once it is emptied, and as old as before", () => {
    const session = stored({ a: 1 });
    session.content.flash.set("note", "Hello");
    session.content.tied.set("token:1", NOW + 1);
    const copy = copyOf(session);
    copy.clear();
    assert.deepEqual(copy.content, emptyContent(BEGAN));
    assert.deepEqual(dataOf(session), { a: 1 });
  });

  it("marks a login as one", () => {
    const copy = copyOf(null);
    copy.login(({ data }) => data.set("sub", 1), { sub: 1 });
    assert.deepEqual(dataOf(copy), { sub: 1 });
    assert.equal(copy.takeChanges().isLogin, true);
  });

  it("takes changes back below those that came meanwhile", () => {
    const copy = copyOf(null);
    set(copy, "a", 1);
    set(copy, "b", 1);
    const first = copy.takeChanges();
    set(copy, "b", 2);
    copy.giveBack(first);
    const { data } = copy.takeChanges().appliedTo(emptyContent(NOW), NOW);
    assert.deepEqual(Object.fromEntries(data), { a: 1, b: 2 });
  });

  it("goes on from what is stored now, with the changes that are not yet", () => {
    const copy = copyOf(null);
    set(copy, "a", 1);
    copy.takeChanges();
    const session = stored({ a: 1 });
    copy.rebase(session);
    assert.equal(copy.content, session.content);
    set(copy, "b", 2);
    copy.rebase(stored({ c: 3 }));
    assert.deepEqual(dataOf(copy), { c: 3, b: 2 });
    copy.rebase(null);
    assert.deepEqual([copy.stored, copy.content.createdAt, dataOf(copy)], [null, NOW, { b: 2 }]);
  });
});

describe("the size of a working copy", () => {
  /** What JSON makes this many bytes of. */
  const ofBytes = (bytes: number): string => "x".repeat(bytes - 2);
  /** Whether the whole is measured before this is added: the change is then tried on another copy first. */
  const isMeasured = (copy: WorkingCopy, added: unknown): boolean => {
    let times = 0;
    copy.change(
      "data a",
      ({ data }) => {
        times += 1;
        data.set("a", 1);
      },
      added,
    );
    return times === 2;
  };

  it("is measured only where half of the limit may be reached, and added up from there", () => {
    const copy = copyOf(null);
    assert.equal(isMeasured(copy, ofBytes(HALF - 5)), false);
    assert.equal(isMeasured(copy, ofBytes(4)), false);
    assert.equal(isMeasured(copy, undefined), false);
    assert.equal(isMeasured(copy, ofBytes(2)), true);
    assert.equal(isMeasured(copy, ofBytes(HALF - 1000)), false);
    assert.equal(isMeasured(copy, ofBytes(1000)), true);
  });

  it("is that of the stored session to begin with, also after a save", () => {
    const copy = copyOf(stored({}, { bytes: HALF - 2 }));
    assert.equal(isMeasured(copy, ofBytes(2)), true);
    copy.rebase(stored({}, { bytes: HALF - 3 }));
    assert.equal(isMeasured(copy, ofBytes(2)), false);
    copy.rebase(null);
    assert.equal(isMeasured(copy, ofBytes(HALF - 1)), false);
    assert.equal(isMeasured(copy, ofBytes(2)), true);
  });

  it("lets a change that is too large leave everything as it was", () => {
    const copy = copyOf(null);
    const large = "x".repeat(MAX_SESSION_BYTES);
    assert.throws(() => set(copy, "a", large), { code: "SESSION_TOO_LARGE" });
    assert.throws(() => copy.login(({ data }) => data.set("sub", large), { sub: large }), {
      code: "SESSION_TOO_LARGE",
    });
    assert.deepEqual([copy.hasChanges, copy.hasData], [false, false]);
  });
});
