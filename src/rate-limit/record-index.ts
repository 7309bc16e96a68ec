import { NONE, type RecordPool } from "./record-pool.ts";

/** A power of two: two records a bucket at a million. Two megabytes, never rehashed: no request waits for that. */
const BUCKETS = 524_288;
const FINGERPRINT = 0;
const NEXT_IN_BUCKET = 8;

/** The bytes at the beginning of each record that belong to the index. */
export const INDEX_BYTES = 12;

/** Finds records of a pool by their fingerprint: a hash table whose chains run through the records themselves. */
export class RecordIndex {
  readonly #records: RecordPool;
  readonly #buckets = new Uint32Array(BUCKETS);
  #size = 0;

  constructor(records: RecordPool) {
    this.#records = records;
  }

  get size(): number {
    return this.#size;
  }

  /** @returns The record with this fingerprint, or `NONE`. */
  find(fingerprint: number): number {
    const { memory } = this.#records;
    let record = this.#firstIn(bucketOf(fingerprint));
    while (record !== NONE && memory.getFloat64(record + FINGERPRINT) !== fingerprint) {
      record = memory.getUint32(record + NEXT_IN_BUCKET);
    }
    return record;
  }

  /** Adds a record under a fingerprint that no other record has. */
  add(record: number, fingerprint: number): void {
    const { memory } = this.#records;
    const bucket = bucketOf(fingerprint);
    memory.setFloat64(record + FINGERPRINT, fingerprint);
    memory.setUint32(record + NEXT_IN_BUCKET, this.#firstIn(bucket));
    this.#buckets[bucket] = record;
    this.#size++;
  }

  remove(record: number): void {
    const { memory } = this.#records;
    const bucket = bucketOf(memory.getFloat64(record + FINGERPRINT));
    const next = memory.getUint32(record + NEXT_IN_BUCKET);
    let previous = this.#firstIn(bucket);
    if (previous === record) {
      this.#buckets[bucket] = next;
    } else {
      while (memory.getUint32(previous + NEXT_IN_BUCKET) !== record) {
        previous = memory.getUint32(previous + NEXT_IN_BUCKET);
      }
      memory.setUint32(previous + NEXT_IN_BUCKET, next);
    }
    this.#size--;
  }

  /** @param bucket From `bucketOf`, which names none that is not there. */
  #firstIn(bucket: number): number {
    return this.#buckets[bucket] as number;
  }
}

/** Bit operations see the lowest 32 bits of a number, be it as large as it likes. */
function bucketOf(fingerprint: number): number {
  return fingerprint & (BUCKETS - 1);
}
