import { INDEX_BYTES } from "./record-index.ts";
import { NONE, RecordPool } from "./record-pool.ts";

// In a counter. Its newest entry stands in the counter itself: a client with one request needs no further memory.
const USED = INDEX_BYTES;
const NEWEST_COUNT = INDEX_BYTES + 4;
const NEWEST_TIME = INDEX_BYTES + 8;
const OLDEST_ENTRY = INDEX_BYTES + 16;
const LATEST_ENTRY = INDEX_BYTES + 20;
export const COUNTER_BYTES: number = INDEX_BYTES + 24;

// In an older entry: the time of the latest of its requests, how many they are, and the entry after it.
const TIME = 0;
const COUNT = 8;
const NEXT = 12;
const ENTRY_BYTES = 16;

/**
 * Knows the requests that each counter counts, oldest first, in entries of one cell of time each. New memory counts none, and
 * neither does a counter that has forgotten all of them.
 */
export class RequestLog {
  readonly #counters: RecordPool;
  readonly #entries: RecordPool;
  readonly #cellMs: number;

  /**
   * @param counters Where the counters are, of `COUNTER_BYTES` each.
   * @param cellMs Requests of one cell share an entry, which counts until the latest of them has left the window.
   * @param maxEntries When so many older entries are in use, a request joins the newest entry of its counter instead.
   */
  constructor(counters: RecordPool, cellMs: number, maxEntries: number) {
    this.#counters = counters;
    this.#entries = new RecordPool(ENTRY_BYTES, maxEntries);
    this.#cellMs = cellMs;
  }

  /** Whether no further entry can be kept. */
  get isFull(): boolean {
    return this.#entries.isFull;
  }

  used(counter: number): number {
    return this.#counters.memory.getUint32(counter + USED);
  }

  oldestTime(counter: number): number {
    const oldest = this.#counters.memory.getUint32(counter + OLDEST_ENTRY);
    return oldest === NONE ? this.newestTime(counter) : this.#entries.memory.getFloat64(oldest + TIME);
  }

  newestTime(counter: number): number {
    return this.#counters.memory.getFloat64(counter + NEWEST_TIME);
  }

  /** Counts a request at `now`, which is not before any other. */
  add(counter: number, now: number): void {
    const counters = this.#counters.memory;
    const newest = counters.getUint32(counter + NEWEST_COUNT);
    const joins = newest === 0 || this.#isOneCell(this.newestTime(counter), now) || this.#entries.isFull;
    if (!joins) {
      this.#append(counter, newest);
    }
    counters.setUint32(counter + NEWEST_COUNT, joins ? newest + 1 : 1);
    counters.setFloat64(counter + NEWEST_TIME, now);
    counters.setUint32(counter + USED, counters.getUint32(counter + USED) + 1);
  }

  /** Forgets the requests up to and at `time`; at `Infinity` all of them, as a counter must before it is given back. */
  forget(counter: number, time: number): void {
    if (this.oldestTime(counter) > time) return;
    const counters = this.#counters.memory;
    const entries = this.#entries.memory;
    let used = counters.getUint32(counter + USED);
    let entry = counters.getUint32(counter + OLDEST_ENTRY);
    while (entry !== NONE && entries.getFloat64(entry + TIME) <= time) {
      const next = entries.getUint32(entry + NEXT);
      used -= entries.getUint32(entry + COUNT);
      this.#entries.release(entry);
      entry = next;
    }
    counters.setUint32(counter + OLDEST_ENTRY, entry);
    if (this.newestTime(counter) <= time) {
      used -= counters.getUint32(counter + NEWEST_COUNT);
      counters.setUint32(counter + NEWEST_COUNT, 0);
    }
    counters.setUint32(counter + USED, used);
  }

  /** Takes the request out that was counted at `time`: it is in the first entry that is not before `time`. */
  remove(counter: number, time: number): void {
    const counters = this.#counters.memory;
    const entries = this.#entries.memory;
    let previous = NONE;
    let entry = counters.getUint32(counter + OLDEST_ENTRY);
    while (entry !== NONE && entries.getFloat64(entry + TIME) < time) {
      previous = entry;
      entry = entries.getUint32(entry + NEXT);
    }
    const [memory, place] = entry === NONE ? [counters, counter + NEWEST_COUNT] : [entries, entry + COUNT];
    const count = memory.getUint32(place);
    if (count === 0) {
      return;
    }
    memory.setUint32(place, count - 1);
    counters.setUint32(counter + USED, counters.getUint32(counter + USED) - 1);
    if (count === 1 && entry !== NONE) {
      this.#unlink(counter, previous, entry);
    }
  }

  #isOneCell(earlier: number, later: number): boolean {
    return Math.floor(earlier / this.#cellMs) === Math.floor(later / this.#cellMs);
  }

  /** Moves the newest entry out of the counter, to the end of its older ones. */
  #append(counter: number, count: number): void {
    const entry = this.#entries.take();
    const counters = this.#counters.memory;
    const entries = this.#entries.memory;
    entries.setFloat64(entry + TIME, this.newestTime(counter));
    entries.setUint32(entry + COUNT, count);
    entries.setUint32(entry + NEXT, NONE);
    if (counters.getUint32(counter + OLDEST_ENTRY) === NONE) {
      counters.setUint32(counter + OLDEST_ENTRY, entry);
    } else {
      entries.setUint32(counters.getUint32(counter + LATEST_ENTRY) + NEXT, entry);
    }
    counters.setUint32(counter + LATEST_ENTRY, entry);
  }

  /** Entries without a request would be limited by nothing. */
  #unlink(counter: number, previous: number, entry: number): void {
    const counters = this.#counters.memory;
    const entries = this.#entries.memory;
    const next = entries.getUint32(entry + NEXT);
    if (previous === NONE) {
      counters.setUint32(counter + OLDEST_ENTRY, next);
    } else {
      entries.setUint32(previous + NEXT, next);
    }
    if (next === NONE) {
      counters.setUint32(counter + LATEST_ENTRY, previous);
    }
    this.#entries.release(entry);
  }
}
