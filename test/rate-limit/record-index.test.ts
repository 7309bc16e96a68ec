import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { INDEX_BYTES, RecordIndex } from "../../src/rate-limit/record-index.ts";
import { NONE, RecordPool } from "../../src/rate-limit/record-pool.ts";

const BUCKETS = 524_288;
const MAX_RECORDS = 200;

describe("RecordIndex", () => {
  it("finds what was added and not removed, in any order, whatever shares a bucket", () => {
    // Equal in the lowest bits, so that all of one residue stand in one bucket.
    const fingerprint = fc.tuple(fc.constantFrom(0, 1, -1), fc.nat(30)).map(([low, high]) => low + high * BUCKETS);
    fc.assert(
      fc.property(fc.array(fingerprint, { maxLength: 300, size: "max" }), (fingerprints) => {
        const pool = new RecordPool(INDEX_BYTES, MAX_RECORDS);
        const index = new RecordIndex(pool);
        const model = new Map<number, number>();
        for (const fingerprint of fingerprints) {
          const known = model.get(fingerprint) ?? NONE;
          assert.equal(index.find(fingerprint), known);
          if (known === NONE) {
            const record = pool.take();
            index.add(record, fingerprint);
            model.set(fingerprint, record);
          } else {
            index.remove(known);
            pool.release(known);
            model.delete(fingerprint);
          }
          assert.equal(index.size, model.size);
        }
        for (const [fingerprint, record] of model) {
          assert.equal(index.find(fingerprint), record);
        }
      }),
      { seed: 19, numRuns: 100 },
    );
  });

  it("finds a record at the first look where no other has the lowest 19 bits of its fingerprint", (test) => {
    const pool = new RecordPool(INDEX_BYTES, MAX_RECORDS);
    const index = new RecordIndex(pool);
    const fingerprints = [0, ...Array.from({ length: 19 }, (_, bit) => 2 ** bit)];
    for (const fingerprint of fingerprints) index.add(pool.take(), fingerprint);
    const looks = test.mock.method(pool.memory, "getFloat64");
    for (const fingerprint of fingerprints) assert.notEqual(index.find(fingerprint), NONE);
    assert.equal(looks.mock.callCount(), fingerprints.length);
  });
});
