import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseRefreshFamily, type RefreshFamily, rotateFamily, useOf } from "../../src/auth/refresh-family.ts";

const NOW = 1_700_000_000_000;
const FAMILY: RefreshFamily = {
  subject: 42,
  claims: { sub: 42 },
  session: null,
  generation: "",
  current: "b",
  recent: [["a", NOW]],
};

describe("useOf", () => {
  it("is the first use of the current token, whenever it comes", () => {
    for (const now of [NOW, NOW + 1_000_000, NOW - 1_000_000]) assert.equal(useOf(FAMILY, "b", now), "first");
  });

  it("is repeated for ten seconds after a token was used, then stolen", () => {
    assert.deepEqual([useOf(FAMILY, "a", NOW + 10_000), useOf(FAMILY, "a", NOW + 10_001)], ["repeated", "stolen"]);
  });

  it("is stolen for a token that the family does not remember", () => {
    for (const digest of ["c", "", "undefined"]) assert.equal(useOf(FAMILY, digest, NOW), "stolen");
  });
});

describe("rotateFamily", () => {
  it("moves to the next token, and remembers when the last one was used", () => {
    const claims = { sub: 42, role: "admin" };
    const recent = [["a", NOW] as const, ["b", NOW + 5000] as const];
    assert.deepEqual(rotateFamily(FAMILY, "c", claims, NOW + 5000), { ...FAMILY, claims, current: "c", recent });
  });

  it("forgets a token once its ten seconds are over", () => {
    assert.deepEqual(rotateFamily(FAMILY, "c", {}, NOW + 10_001).recent, [["b", NOW + 10_001]]);
  });

  it("remembers the last sixteen", () => {
    let family = FAMILY;
    for (let use = 1; use <= 20; use++) family = rotateFamily(family, `token ${use}`, {}, NOW);
    assert.deepEqual(
      family.recent.map(([digest]) => digest),
      Array.from({ length: 16 }, (_, place) => `token ${place + 4}`),
    );
  });
});

describe("parseRefreshFamily", () => {
  it("reads what was written", () => {
    assert.deepEqual(parseRefreshFamily(JSON.stringify(FAMILY)), FAMILY);
  });

  it("takes half a family for none", () => {
    for (const text of ['{"current":"x"}', '{"recent":[]}', '{"current":1,"recent":[]}', "null", "[]", "{", ""]) {
      assert.equal(parseRefreshFamily(text), null, text);
    }
  });
});
