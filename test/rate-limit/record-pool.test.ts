import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { NONE, RecordPool } from "../../src/rate-limit/record-pool.ts";

const MAX_RECORDS = 200;

describe("RecordPool", () => {
  it("has memory for 64 records at first, then for twice as many as it needs at most, and never for more than it may keep", () => {
    const pool = new RecordPool(16, MAX_RECORDS);
    for (let needed = 0; needed < MAX_RECORDS; needed++) {
      assert.ok(pool.memory.byteLength <= Math.max(64 * 16, 2 * pool.take()), `${needed} records`);
    }
    assert.equal(pool.memory.byteLength, 16 * (MAX_RECORDS + 1));
  });

  it("hands out as many records as it may, no two alike, and those that came back again", () => {
    const pool = new RecordPool(12, MAX_RECORDS);
    const records = Array.from({ length: MAX_RECORDS }, () => pool.take());
    assert.equal(new Set([...records, NONE]).size, MAX_RECORDS + 1);
    assert.equal(pool.isFull, true);
    pool.release(36);
    assert.equal(pool.isFull, false);
    assert.equal(pool.take(), 36);
    assert.equal(pool.isFull, true);
  });

  it("keeps what is written in records while it grows", () => {
    const pool = new RecordPool(16, 1000);
    const records = Array.from({ length: 1000 }, (_, index) => {
      const record = pool.take();
      pool.memory.setFloat64(record + 8, index);
      return record;
    });
    assert.deepEqual(
      records.map((record) => pool.memory.getFloat64(record + 8)),
      records.map((_, index) => index),
    );
  });

  it("goes round its records, used or not, and has none to show before the first", () => {
    const pool = new RecordPool(8, 10);
    assert.equal(pool.next(NONE), NONE);
    const [first, second] = [pool.take(), pool.take()];
    assert.deepEqual([pool.next(NONE), pool.next(first), pool.next(second)], [first, second, first]);
  });
});
