import { randomBytes } from "node:crypto";
import { keyedHash } from "./keyed-hash.ts";
import { cellMilliseconds, type RateRule } from "./rate-rule.ts";
import { type RateDecision, type RateStore, rateDecision } from "./rate-store.ts";
import { RecordIndex } from "./record-index.ts";
import { NONE, RecordPool } from "./record-pool.ts";
import { COUNTER_BYTES, RequestLog } from "./request-log.ts";
import { steadyClock } from "./steady-clock.ts";

const ENTRIES_PER_CLIENT = 3;
/** A power of two. */
const SHARED_COUNTERS = 32_768;
/** One of four must have made room by the time it is looked at again: a third more are kept than are live, at most. */
const LOOKED_AT_PER_SWEEP = 4;

export interface SlidingWindowOptions {
  /** Milliseconds. */
  readonly now: () => number;
  /** How many clients have a counter of their own. */
  readonly maxClients: number;
}

/**
 * Counts requests in the memory of this process: in no interval as long as the window do more than the limit pass.
 *
 * Memory is bounded, to 90 MB for a million clients, and no live counter is given up for another. Where memory ends,
 * clients are counted too strictly, never too loosely: past `maxClients` counters, new clients share one by their hash;
 * past three entries a client on average, a request is remembered together with the client's previous one.
 *
 * Each new client looks at four counters and removes those that have expired: there is no timer, and no request waits
 * for all of them. Of a key only a keyed hash of 53 bits is kept: its length costs no memory.
 */
export class SlidingWindow implements RateStore {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #maxClients: number;
  readonly #now: () => number;
  readonly #fingerprint = keyedHash(randomBytes(8));
  readonly #counters: RecordPool;
  readonly #index: RecordIndex;
  readonly #log: RequestLog;
  #swept = NONE;

  constructor(rule: RateRule, { now, maxClients }: SlidingWindowOptions) {
    this.#limit = rule.limit;
    this.#windowMs = rule.windowSeconds * 1000;
    this.#maxClients = maxClients;
    this.#now = steadyClock(now);
    this.#counters = new RecordPool(COUNTER_BYTES, maxClients + SHARED_COUNTERS);
    this.#index = new RecordIndex(this.#counters);
    this.#log = new RequestLog(this.#counters, cellMilliseconds(rule), ENTRIES_PER_CLIENT * maxClients);
  }

  /** How many counters there are: shared ones, and those that have expired but not been freed yet, included. */
  get size(): number {
    return this.#index.size;
  }

  take(key: string): RateDecision {
    const now = this.#now();
    if (this.#log.isFull) {
      this.#sweep(now);
    }
    const fingerprint = this.#fingerprint(key);
    const counter = this.#find(fingerprint, now) || this.#add(fingerprint, now);
    this.#log.forget(counter, now - this.#windowMs);
    const allowed = this.#log.used(counter) < this.#limit;
    if (allowed) {
      this.#log.add(counter, now);
    }
    const freeInMs = this.#log.oldestTime(counter) + this.#windowMs - now;
    return rateDecision(this.#limit, allowed, this.#log.used(counter), freeInMs, now);
  }

  giveBack(key: string, { allowed, takenAt }: RateDecision): void {
    const now = this.#now();
    const counter = this.#find(this.#fingerprint(key), now);
    if (counter === NONE || !allowed || takenAt <= now - this.#windowMs) {
      return;
    }
    if (this.#log.used(counter) === 1) {
      this.#remove(counter);
    } else {
      this.#log.remove(counter, takenAt);
    }
  }

  /** A client that has to share stays with the shared counter until that has expired: there its requests count. */
  #find(fingerprint: number, now: number): number {
    const own = this.#index.find(fingerprint);
    if (own !== NONE) {
      return own;
    }
    const shared = this.#index.find(sharedFingerprint(fingerprint));
    if (shared !== NONE && this.#isExpired(shared, now)) {
      this.#remove(shared);
      return NONE;
    }
    return shared;
  }

  #add(fingerprint: number, now: number): number {
    this.#sweep(now);
    const isFull = this.#index.size >= this.#maxClients;
    const counter = this.#counters.take();
    this.#index.add(counter, isFull ? sharedFingerprint(fingerprint) : fingerprint);
    return counter;
  }

  #remove(counter: number): void {
    this.#log.forget(counter, Infinity);
    this.#index.remove(counter);
    this.#counters.release(counter);
  }

  #isExpired(counter: number, now: number): boolean {
    return this.#log.newestTime(counter) <= now - this.#windowMs;
  }

  /** A counter that is in use counts at least one request, as far as has been looked. */
  #sweep(now: number): void {
    for (let step = 0; step < LOOKED_AT_PER_SWEEP; step++) {
      this.#swept = this.#counters.next(this.#swept);
      if (this.#swept !== NONE && this.#log.used(this.#swept) > 0 && this.#isExpired(this.#swept, now)) {
        this.#remove(this.#swept);
      }
    }
  }
}

/** Below zero, where no client's own fingerprint is. */
function sharedFingerprint(fingerprint: number): number {
  return -1 - (fingerprint & (SHARED_COUNTERS - 1));
}
