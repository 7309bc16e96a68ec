import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { AnonymousIds } from "../../src/session/anonymous-ids.ts";
import { isSessionId } from "../../src/session/session-key.ts";

describe("AnonymousIds", () => {
  const ids = new AnonymousIds(new Uint8Array(32).fill(1));

  it("recognises what it made, and makes no id twice", () => {
    const made = Array.from({ length: 1000 }, () => ids.make());
    assert.equal(new Set(made).size, 1000);
    assert.ok(made.every((id) => ids.isOurs(id)));
  });

  it("makes no id that could be one of a session", () => {
    assert.equal(isSessionId(ids.make()), false);
  });

  it("refuses one of another key, and one that was changed anywhere", () => {
    assert.equal(ids.isOurs(new AnonymousIds(new Uint8Array(32).fill(2)).make()), false);
    const id = ids.make();
    for (let at = 0; at < id.length; at += 1) {
      const other = id[at] === "A" ? "B" : "A";
      assert.equal(ids.isOurs(id.slice(0, at) + other + id.slice(at + 1)), false, String(at));
    }
    for (const text of ["", ".", "..", `${id}A`, ` ${id}`, id.slice(1), id.slice(0, -1)]) {
      assert.equal(ids.isOurs(text), false, text);
    }
  });

  it("refuses what has the form of its ids and was invented", () => {
    const [, random, mac] = ids.make().split(".");
    const [, otherRandom] = ids.make().split(".");
    for (const text of [
      `.${otherRandom}.${mac}`,
      `.${mac}.${random}`,
      `.${random}.`,
      `..${mac}`,
      `.${random}=.${mac}`,
    ]) {
      assert.equal(ids.isOurs(text), false, text);
    }
    fc.assert(
      fc.property(fc.stringMatching(/^\.[\w-]{22}\.[\w-]{43}$/), (text) => !ids.isOurs(text)),
      { seed: 13 },
    );
  });

  it("refuses a key under 32 bytes or of another kind, be it of before a rotation", () => {
    const refusal = { code: "OPTION_INVALID", message: "anonymousKey must be at least 32 bytes." };
    for (const key of [new Uint8Array(31), "x".repeat(32) as unknown as Uint8Array]) {
      assert.throws(() => new AnonymousIds(key), refusal);
      assert.throws(() => new AnonymousIds(new Uint8Array(32), undefined, [key]), refusal);
    }
  });

  it("recognises an id of each key of before a rotation", () => {
    const keys = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte));
    const current = new AnonymousIds(new Uint8Array(32), undefined, keys);
    for (const key of keys) assert.equal(current.isOurs(new AnonymousIds(key).make()), true);
  });

  it("holds 128 random bits, which it is asked for", () => {
    const fixed = new AnonymousIds(new Uint8Array(32), (bytes) => "A".repeat(bytes));
    assert.match(fixed.make(), /^\.A{16}\./);
  });
});
