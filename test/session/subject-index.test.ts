import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { nowOrLater } from "../../src/session/now-or-later.ts";
import { SubjectIndex } from "../../src/session/subject-index.ts";
import { DoubleStore } from "./double-store.ts";
import { atOnce, START } from "./open-sessions.ts";

const ENDS_AT = START + 1_000_000;
const MAX_SESSIONS = 1000;

describe("SubjectIndex", () => {
  const clock = { time: START };
  let store: DoubleStore;
  let index: SubjectIndex;
  const enrol = (key: string, endsAt = ENDS_AT, continues?: string): readonly string[] | null =>
    atOnce(nowOrLater(index.enrol("1", key, endsAt, continues)));
  const confirm = (key: string, replaced?: string): boolean => atOnce(nowOrLater(index.confirm("1", key, replaced)));
  const takeAll = (except?: string): readonly string[] => atOnce(nowOrLater(index.takeAll("1", except)));
  const forget = (...keys: readonly string[]): void => atOnce(nowOrLater(index.forget("1", keys)));
  const kept = (): unknown => {
    const [record] = store.records.values();
    return { ...JSON.parse(record?.value ?? "{}"), for: (record?.expiresAt ?? 0) - clock.time };
  };

  beforeEach(() => {
    clock.time = START;
    store = new DoubleStore(() => clock.time);
    index = new SubjectIndex(store, () => clock.time);
  });

  it("keeps its list until the last session on it ends, and for a minute at least", () => {
    enrol("session:a", START + 5000);
    assert.deepEqual(kept(), { live: { "session:a": START + 5000 }, ending: {}, for: 60_000 });
    enrol("session:b");
    assert.deepEqual(kept(), { live: { "session:a": START + 5000, "session:b": ENDS_AT }, ending: {}, for: 1_000_000 });
    takeAll();
    clock.time += 10_000;
    forget("session:a");
    enrol("session:c", START + 20_000);
    assert.deepEqual(kept(), { live: { "session:c": START + 20_000 }, ending: { "session:b": ENDS_AT }, for: 990_000 });
  });

  it("drops what has ended by itself, in that millisecond", () => {
    enrol("session:a", START + 5000);
    enrol("session:b", START + 5001);
    takeAll("session:b");
    clock.time = START + 4999;
    assert.deepEqual(takeAll("session:b"), ["session:a"]);
    clock.time = START + 5000;
    assert.deepEqual(takeAll("session:b"), []);
    assert.equal(confirm("session:b"), true);
    clock.time = START + 5001;
    assert.equal(confirm("session:b"), false);
  });

  it("lists the session that continues another only while that is listed, and then in its place", () => {
    enrol("session:a");
    assert.deepEqual(enrol("session:b", ENDS_AT, "session:a"), []);
    assert.equal(confirm("session:b", "session:a"), true);
    assert.equal(confirm("session:a"), false);
    assert.equal(enrol("session:c", ENDS_AT, "session:a"), null);
    assert.equal(confirm("session:c"), false);
  });

  it("gives what it took off again until that is forgotten", () => {
    for (const key of ["session:a", "session:b", "session:c"]) enrol(key);
    assert.deepEqual(takeAll("session:b"), ["session:a", "session:c"]);
    assert.deepEqual(
      ["session:a", "session:b", "session:c"].map((key) => confirm(key)),
      [false, true, false],
    );
    forget("session:a", "session:unknown");
    assert.deepEqual(takeAll("session:b"), ["session:c"]);
    forget("session:b");
    assert.deepEqual(takeAll(), ["session:c"]);
  });

  it("makes room for the newest by the oldest", () => {
    enrol("session:0-");
    const [[listKey, list] = ["", undefined]] = store.records;
    const live = Object.fromEntries(
      Array.from({ length: MAX_SESSIONS - 1 }, (_, count) => [`session:${count}-`, ENDS_AT]),
    );
    if (list !== undefined) store.records.set(listKey, { ...list, value: JSON.stringify({ live, ending: {} }) });
    assert.deepEqual(enrol("session:last"), []);
    assert.deepEqual(enrol("session:new"), ["session:0-"]);
    assert.deepEqual([confirm("session:0-"), confirm("session:1-"), confirm("session:new")], [false, true, true]);
    assert.deepEqual(takeAll().length, MAX_SESSIONS + 1);
  });

  it("takes a list that it cannot read for an empty one", () => {
    enrol("session:a");
    const [[key, record] = ["", undefined]] = store.records;
    for (const value of ["", "{", "null", '{"live":null}', "{}"]) {
      if (record !== undefined) store.records.set(key, { ...record, value });
      assert.deepEqual([confirm("session:a"), takeAll()], [false, []]);
    }
  });

  it("tries a hundred times where others are faster, and then fails", () => {
    store.write = (key) => {
      store.calls.push(`write ${key}`);
      return null;
    };
    assert.throws(() => enrol("session:a"), { status: 503, code: "STORE_UNAVAILABLE" });
    assert.equal(store.calls.filter((call) => call.startsWith("write ")).length, 100);
  });
});
