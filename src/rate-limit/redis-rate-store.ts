import { sha256 } from "../crypto/sha256.ts";
import { inTime } from "../in-time.ts";
import type { RedisScripting } from "../redis/redis-scripting.ts";
import { cellMilliseconds, type RateRule } from "./rate-rule.ts";
import { type RateDecision, type RateStore, rateDecision } from "./rate-store.ts";
import { GIVE_BACK_PLACE, TAKE_PLACE } from "./redis-scripts.ts";

const DEFAULT_TIMEOUT_MS = 500;
const DEFAULT_PREFIX = "tina4:rate:";

export interface RedisRateStoreOptions {
  /** What the names of all keys begin with. Default: `tina4:rate:`. */
  readonly prefix?: string | undefined;
  /** How long a request waits for Redis at most. Default: 500. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Counts requests in Redis or Valkey (5 or later), so that all processes and machines of an application keep one limit.
 *
 * A key is named by its scope and a hash, never by what a client sent, and expires with its window.
 */
export class RedisRateStore implements RateStore {
  readonly #redis: RedisScripting;
  readonly #rule: RateRule;
  readonly #prefix: string;
  readonly #timeoutMs: number;

  constructor(redis: RedisScripting, rule: RateRule, options: RedisRateStoreOptions = {}) {
    const { prefix = DEFAULT_PREFIX, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
    this.#redis = redis;
    this.#rule = rule;
    this.#prefix = prefix;
    this.#timeoutMs = timeoutMs;
  }

  /** @throws {Error} when Redis does not answer in time, or answers something else. */
  async take(key: string): Promise<RateDecision> {
    const { limit } = this.#rule;
    const answer = await this.#run(TAKE_PLACE, key, [limit, cellMilliseconds(this.#rule)]);
    if (!Array.isArray(answer) || answer.length !== 4 || !answer.every(Number.isSafeInteger)) {
      throw new Error("Redis gave no decision about a rate limit.");
    }
    const [allowed, used, freeInMs, takenAt] = answer;
    return rateDecision(limit, allowed === 1, used, freeInMs, takenAt);
  }

  /** @throws {Error} when Redis does not answer in time. */
  async giveBack(key: string, { allowed, takenAt }: RateDecision): Promise<void> {
    if (allowed) {
      await this.#run(GIVE_BACK_PLACE, key, [takenAt]);
    }
  }

  #run(script: string, key: string, args: readonly number[]): Promise<unknown> {
    const { scope, windowSeconds } = this.#rule;
    const name = `${this.#prefix}${scope}:${sha256(key, "base64url")}`;
    const answer = this.#redis.eval(script, [name], [windowSeconds * 1000, ...args]);
    return inTime("Redis", answer, this.#timeoutMs);
  }
}
