import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RevocationList } from "../../src/auth/revocation-list.ts";

const HALF_DAY = 43_200;
const NOW = 1_700_000_000;

/** A list in which entries of these kinds were folded into one each. */
function foldedList(...kinds: readonly string[]): RevocationList {
  const list = new RevocationList(HALF_DAY);
  list.merge(JSON.stringify({ tokenSeconds: HALF_DAY, times: kinds.map((kind) => [`${kind}*`, NOW]) }));
  return list;
}

describe("one entry for all of a kind", () => {
  for (const [kind, claim] of [
    ["family", "token_family"],
    ["session", "session_tie"],
  ] as const) {
    it(`ends every token with a tie to a ${kind} that was issued until then, or does not say when`, () => {
      const covered = (claims: object): boolean => foldedList(kind).covers({ [claim]: "any", ...claims });
      assert.deepEqual([covered({ iat: NOW }), covered({}), covered({ iat: NOW + 1 })], [true, true, false]);
      assert.equal(foldedList(kind).covers({ sub: 1, iat: NOW }), false);
    });
  }

  it("is where the tokens of a subject are cut off, and of who names none", () => {
    const list = foldedList("subject");
    list.add("subject", "42", NOW + 5);
    assert.deepEqual([list.cutOffOf(42), list.cutOffOf(43), list.cutOffOf(null)], [NOW + 5, NOW, NOW]);
    assert.equal(new RevocationList(HALF_DAY).cutOffOf(null), Number.NEGATIVE_INFINITY);
  });

  it("is not mixed up with a subject that is called null", () => {
    const list = new RevocationList(HALF_DAY);
    list.add("subject", "null", NOW);
    assert.deepEqual([list.cutOffOf("null"), list.cutOffOf(null)], [NOW, Number.NEGATIVE_INFINITY]);
  });
});
