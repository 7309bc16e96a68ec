import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ATTACK_ROWS } from "../../attack/rows.ts";
import { testsOfRows } from "../../attack/tests-of-rows.ts";

/** How many attacks of each letter there are: a row that gets lost is missed. */
const COUNTS: Readonly<Record<string, number>> = {
  J: 26,
  C: 27,
  S: 16,
  K: 12,
  O: 10,
  R: 16,
  H: 15,
  M: 15,
  P: 22,
  T: 12,
  B: 14,
  U: 6,
  X: 11,
  D: 10,
  Q: 12,
  A: 7,
  W: 10,
  F: 9,
  V: 8,
  L: 7,
  G: 8,
};

describe("the list of attacks", () => {
  const ids = ATTACK_ROWS.map(({ id }) => id);

  it("holds every attack once, and none is lost", () => {
    assert.equal(new Set(ids).size, ids.length);
    const counts: Record<string, number> = {};
    for (const [letter = ""] of ids) counts[letter] = (counts[letter] ?? 0) + 1;
    assert.deepEqual(counts, COUNTS);
  });

  it("says in one line each what is sent and what comes of it", () => {
    for (const { id, input, outcome } of ATTACK_ROWS) {
      assert.match(id, /^[A-Z]\d\d$/);
      for (const text of [input, outcome]) assert.match(text, /^[^\n|]{2,100}$/, id);
    }
  });

  it("names a test for whatever is not sent to a started server", () => {
    const tests = testsOfRows();
    const unproved = ATTACK_ROWS.filter(({ id, attack }) => attack === undefined && !tests.has(id));
    assert.deepEqual(
      unproved.map(({ id }) => id),
      [],
    );
  });

  it("knows every id that a test of attacks names", () => {
    const named = [...testsOfRows()].filter(([, files]) => files.some((file) => file.startsWith("test/attacks/")));
    assert.deepEqual(
      named.map(([id]) => id).filter((id) => !ids.includes(id)),
      [],
    );
  });
});
