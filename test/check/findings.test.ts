import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { FINDINGS } from "../../src/check/findings.ts";
import { type Change, idsOf } from "./fixtures/checked-project.ts";
import { PROJECT_FIXTURES } from "./fixtures/project-fixtures.ts";
import { SETTING_FIXTURES } from "./fixtures/setting-fixtures.ts";

const FIXTURES = { ...PROJECT_FIXTURES, ...SETTING_FIXTURES };
const MIN_FINDINGS = 25;

describe("the findings of tina4 check (G01, G09, Q14)", () => {
  it("have an id each, and every id has fixtures", () => {
    const ids = FINDINGS.map(({ id }) => id);
    assert.ok(ids.length >= MIN_FINDINGS, `${ids.length} findings`);
    assert.deepEqual([...new Set(ids)], ids);
    assert.deepEqual(ids, Object.keys(FIXTURES).sort());
  });

  it("say in one sentence each why they matter and what to do", () => {
    for (const { id, title, why, remedy } of FINDINGS) {
      assert.doesNotMatch(title, /\.$/, id);
      for (const sentence of [why, remedy]) assert.match(sentence, /^[A-Z].*[^.]\.$/, id);
      assert.notEqual(why, remedy, id);
    }
  });

  it("are not met in a project that is fit for production", async () => {
    assert.deepEqual(await idsOf({}), []);
  });

  for (const [id, { fails, passes, alsoFails = [], isDeploy }] of Object.entries(FIXTURES)) {
    it(`${id} is met, and no other: ${words(fails)}`, async () => {
      for (const change of [fails, ...alsoFails]) assert.deepEqual(await idsOf(change, isDeploy), [id], words(change));
    });

    it(`${id} is not met: ${passes.map(words).join(" or ")}`, async () => {
      for (const change of passes) assert.deepEqual(await idsOf(change, isDeploy), [], words(change));
    });
  }
});

function words(change: Change): string {
  const text = JSON.stringify(change);
  return text === "{}" ? "the project as it is" : text;
}
