import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { FamilyStore } from "../../src/auth/family-store.ts";
import type { RefreshFamily } from "../../src/auth/refresh-family.ts";
import { StoreDouble } from "./store-double.ts";

const NOW = 1_700_000_000_000;
const WEEK_MS = 604_800_000;
const FAMILY: RefreshFamily = {
  subject: 42,
  claims: { sub: 42 },
  session: "s",
  generation: "",
  current: "digest",
  recent: [],
};

function open() {
  const store = new StoreDouble(() => NOW);
  return { store, families: new FamilyStore(store, WEEK_MS, () => NOW) };
}

describe("FamilyStore", () => {
  it("gives a family back with the version that a write has to name", async () => {
    const { families } = open();
    const expiresAt = NOW + 5000;
    assert.equal(await families.write("a", FAMILY, expiresAt, null), true);
    const kept = await families.read("a");
    assert.deepEqual([kept?.family, kept?.expiresAt], [FAMILY, expiresAt]);
    assert.equal(await families.write("a", FAMILY, expiresAt, "another"), false);
    assert.equal(await families.write("a", FAMILY, expiresAt, String(kept?.version)), true);
    await families.remove("a");
    assert.equal(await families.read("a"), null);
  });

  it("notes an end as JSON, for two minutes longer than a family that was started in this moment can last", async () => {
    const { families, store } = open();
    await families.startGeneration(42);
    await families.endSession("s");
    const records = [...store.records.values()];
    assert.deepEqual(
      records.map(({ expiresAt }) => expiresAt - NOW),
      [WEEK_MS + 120_000, WEEK_MS + 120_000],
    );
    assert.match(String(records[0]?.value), /^"[\w-]{22}"$/);
    assert.deepEqual(JSON.parse(String(records[1]?.value)), {});
  });

  it("finds a family ended by a new generation of its subject, or with its session", async () => {
    const { families } = open();
    assert.equal(await families.hasEnded(FAMILY), false);
    await families.endSession("s");
    assert.equal(await families.hasEnded(FAMILY), true);
    const free = { ...FAMILY, session: null };
    assert.equal(await families.hasEnded(free), false);
    await families.startGeneration("42");
    assert.equal(await families.hasEnded(free), true);
    assert.equal(await families.hasEnded({ ...free, generation: await families.generationOf(42) }), false);
  });

  it("says 503 where others are faster a hundred times: an end that was not noted is none", async () => {
    const { families, store } = open();
    store.write = () => null;
    await assert.rejects(families.endSession("s"), { status: 503, code: "STORE_UNAVAILABLE" });
    assert.deepEqual(store.asked, Array(100).fill("read"));
  });
});
