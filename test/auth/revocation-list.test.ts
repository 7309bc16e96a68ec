import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { RevocationList, type Revoked } from "../../src/auth/revocation-list.ts";
import type { Claims } from "../../src/claims.ts";

const HALF_DAY = 43_200;
const NOW = 1_700_000_000;

function listOf(...entries: readonly (readonly [what: Revoked, name: string, second: number])[]): RevocationList {
  const list = new RevocationList(HALF_DAY);
  for (const entry of entries) list.add(...entry);
  return list;
}

describe("RevocationList.covers", () => {
  it("ends what a subject was issued until then, inclusive", () => {
    const list = listOf(["subject", "42", NOW]);
    const covered = (iat: number) => list.covers({ sub: 42, iat });
    assert.deepEqual([covered(NOW - 60), covered(NOW), covered(NOW + 1)], [true, true, false]);
  });

  it("goes by the first token of a chain, not by the presented one", () => {
    const list = listOf(["subject", "42", NOW]);
    assert.equal(list.covers({ sub: 42, iat: NOW + 600, auth_time: NOW - 600 }), true);
    assert.equal(list.covers({ sub: 42, iat: NOW + 600, auth_time: NOW + 1 }), false);
  });

  it("knows the subject by sub, else by user_id, as text or as number, and by nothing else", () => {
    const list = listOf(["subject", "42", NOW]);
    for (const claims of [{ sub: 42 }, { sub: "42" }, { user_id: 42 }, { user_id: "42", sub: null }]) {
      assert.equal(list.covers({ ...claims, iat: NOW } as Claims), true);
    }
    for (const claims of [{ sub: 1, user_id: 42 }, { sub: "042" }, { sub: [42] }, {}, { id: 42 }, { sub: "" }]) {
      assert.equal(list.covers({ ...claims, iat: NOW } as unknown as Claims), false);
    }
  });

  it("takes a token that does not say when it was issued for an old one", () => {
    assert.equal(listOf(["subject", "42", NOW]).covers({ sub: 42 }), true);
    assert.equal(listOf(["subject", "42", NOW]).covers({ sub: 43 }), false);
  });

  it("ends what is tied to a family or a session, whenever it was issued", () => {
    const list = listOf(["family", "f", NOW], ["session", "s", NOW]);
    assert.equal(list.covers({ token_family: "f", iat: NOW + 5 }), true);
    assert.equal(list.covers({ session_tie: "s", iat: NOW + 5 }), true);
    const others: readonly Claims[] = [
      { token_family: "s" },
      { session_tie: "f" },
      { sub: "f" },
      { token_family: ["f"] },
    ];
    for (const claims of others) assert.equal(list.covers({ ...claims, iat: NOW + 5 }), false);
  });

  it("is not confused by names that look like entries or members", () => {
    const list = listOf(["subject", "__proto__", NOW], ["subject", "*", NOW], ["subject", "family:f", NOW]);
    assert.equal(list.covers({ sub: "__proto__", iat: NOW }), true);
    assert.equal(list.covers({ sub: "constructor", iat: NOW }), false);
    assert.equal(list.covers({ token_family: "f", sub: 1, iat: NOW }), false);
    assert.equal(list.covers({ sub: 1, iat: NOW }), false);
  });
});

describe("RevocationList.dropDead", () => {
  it("drops an entry when no token that it is about can live, a minute of clock difference included", () => {
    const list = listOf(["subject", "42", NOW]);
    list.dropDead(NOW + HALF_DAY + 60);
    assert.equal(list.covers({ sub: 42, iat: NOW }), true);
    list.dropDead(NOW + HALF_DAY + 61);
    assert.equal(list.covers({ sub: 42, iat: NOW }), false);
  });

  it("keeps it for as long as the longest token that it was told to expect", () => {
    const list = listOf(["subject", "42", NOW]);
    assert.deepEqual([list.expectTokenSeconds(10), list.expectTokenSeconds(HALF_DAY)], [false, false]);
    assert.equal(list.tokenSeconds, HALF_DAY);
    assert.equal(list.expectTokenSeconds(31_536_000), true);
    list.dropDead(NOW + 31_536_000);
    assert.equal(list.covers({ sub: 42, iat: NOW }), true);
  });
});

describe("RevocationList.merge", () => {
  it("takes the later time of each entry, in whatever order lists are merged, and however often", () => {
    const entry = fc.tuple(fc.constantFrom<Revoked>("subject", "family"), fc.constantFrom("a", "b"), fc.nat(9));
    fc.assert(
      fc.property(fc.array(fc.array(entry), { maxLength: 5 }), fc.nat(), (parts, seed) => {
        const all = listOf(...parts.flat());
        const merged = listOf();
        const shuffled = parts.toSorted((a, b) => ((a.length * seed) % 7) - ((b.length * seed) % 7));
        for (const part of [...shuffled, ...parts]) merged.merge(listOf(...part).toText());
        for (const iat of [0, 3, 6, 9]) {
          for (const sub of ["a", "b"]) assert.equal(merged.covers({ sub, iat }), all.covers({ sub, iat }));
        }
        return true;
      }),
      { seed: 30, numRuns: 200 },
    );
  });

  it("learns of longer lives", () => {
    const list = listOf();
    const other = listOf();
    other.expectTokenSeconds(99_999);
    list.merge(other.toText());
    assert.equal(list.tokenSeconds, 99_999);
  });

  it("refuses a text that is no list, and is then as it was", () => {
    const list = listOf(["subject", "42", NOW]);
    const before = list.toText();
    const times = '"times":[["subject:1",5]]';
    for (const text of [
      "",
      "{}",
      "null",
      `{${times}}`,
      `{"tokenSeconds":"1",${times}}`,
      '{"tokenSeconds":1,"times":{}}',
    ]) {
      assert.throws(() => list.merge(text), Error);
    }
    for (const entry of ["5", "[]", '["a"]', '["a","b"]', "[1,2]", '["a",1,2]', "null", '["a",null]']) {
      assert.throws(() => list.merge(`{"tokenSeconds":99999,"times":[["subject:1",5],${entry}]}`), TypeError);
    }
    assert.equal(list.toText(), before);
  });
});

describe("a RevocationList that grows too long", () => {
  it("ends more than was asked for, never less, and stays bounded", () => {
    const list = new RevocationList(HALF_DAY);
    const total = 50_000;
    for (let n = 0; n < total; n++) list.add(n % 2 === 0 ? "subject" : "session", String(n), NOW + n);
    assert.ok(list.toText().length < 500_000, `${list.toText().length} characters`);
    for (let n = 0; n < total; n++) {
      const claims = n % 2 === 0 ? { sub: n } : { session_tie: String(n) };
      assert.equal(list.covers({ ...claims, iat: NOW + n }), true);
    }
    assert.equal(list.covers({ sub: "new", iat: NOW + total }), false);
    assert.equal(list.covers({ sub: "bystander", iat: NOW }), true);
  });

  it("keeps ten thousand entries as they are, and folds the oldest of one more, until eight thousand are left", () => {
    const list = new RevocationList(HALF_DAY);
    for (let n = 0; n < 10_000; n++) list.add("session", String(n), NOW - n);
    assert.equal(list.covers({ session_tie: "live", iat: NOW - 9_999 }), false);
    list.add("session", "one more", NOW);
    assert.deepEqual(
      [NOW - 7_998, NOW - 7_999].map((iat) => list.covers({ session_tie: "live", iat })),
      [false, true],
    );
    assert.equal(JSON.parse(list.toText()).times.length, 8_001);
  });

  it("folds what it learns from another list too", () => {
    const [one, other] = [new RevocationList(HALF_DAY), new RevocationList(HALF_DAY)];
    for (let n = 0; n < 6_000; n++) {
      one.add("session", `one ${n}`, NOW);
      other.add("session", `other ${n}`, NOW);
    }
    one.merge(other.toText());
    assert.equal(JSON.parse(one.toText()).times.length, 8_001);
  });

  it("by ended sessions, ends no token that is tied to none, and none that was issued to a live one later", () => {
    const list = new RevocationList(HALF_DAY);
    for (let n = 0; n <= 10_000; n++) list.add("session", String(n), NOW + n);
    assert.equal(list.covers({ sub: "bystander", iat: NOW }), false);
    assert.equal(list.covers({ token_family: "f", iat: NOW }), false);
    assert.equal(list.covers({ session_tie: "live", iat: NOW }), true);
    assert.equal(list.covers({ session_tie: "live", iat: NOW + 9000, auth_time: NOW }), false);
  });

  it("folds again and again, and loses nothing of what was folded before", () => {
    const list = new RevocationList(HALF_DAY);
    list.add("subject", "*", NOW);
    for (let n = 0; n < 25_000; n++) list.add("family", String(n), NOW + 1 + n);
    assert.equal(list.covers({ sub: "*", iat: NOW }), true);
    assert.equal(list.covers({ sub: "*", iat: NOW + 1 }), false);
    assert.equal(list.covers({ token_family: "0", iat: NOW }), true);
  });
});
