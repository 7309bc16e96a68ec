import { sha256 } from "../crypto/sha256.ts";
import { Tina4Error } from "../errors.ts";
import type { Services } from "../middleware/services.ts";
import { LoginThrottle } from "../rate-limit/login-throttle.ts";
import { RateLimiter, type RateLimiterOptions } from "../rate-limit/rate-limiter.ts";
import type { RateRule } from "../rate-limit/rate-rule.ts";
import { RedisRateStore } from "../rate-limit/redis-rate-store.ts";
import { RedisConnection } from "../redis/redis-connection.ts";
import { sharedStoreLog } from "./shared-store-log.ts";

const LOGIN_WINDOW_SECONDS = 60;
const PING = `return "PONG"`;
const API_KEY_WINDOW_SECONDS = 60;
/** Of those that appear while requests are served. Each has a window of its own, of two megabytes at least. */
const MAX_RULES = 64;

/** All that an application counts: in this process, or in the Redis server that its processes share. */
export class RateCounters {
  readonly #settings: Services["settings"];
  readonly #common: Omit<RateLimiterOptions, "onStoreDown">;
  readonly #byHand = new Map<string, RateLimiter>();
  readonly #ofApiKeys = new Map<string, RateLimiter>();
  #redis: RedisConnection | undefined;

  constructor({ settings, now, log }: Pick<Services, "settings" | "now" | "log">) {
    this.#settings = settings;
    const redis = {
      eval: (...call: Parameters<RedisConnection["eval"]>) => (this.#redis ?? NOT_CONNECTED).eval(...call),
    };
    this.#common =
      settings.TINA4_RATE_BACKEND === "memory"
        ? { now }
        : { now, sharedStore: (rule) => new RedisRateStore(redis, rule), ...sharedStoreLog(log, now) };
  }

  /**
   * Connects to the server that keeps the counters, if one does. Until then this process counts for itself.
   *
   * @throws {Tina4Error} PACKAGE_MISSING or SERVER_UNREACHABLE: limits that were to be shared must not silently not be.
   */
  async open(): Promise<void> {
    const { TINA4_RATE_BACKEND: backend, TINA4_RATE_URL: url } = this.#settings;
    if (backend === "memory") return;
    this.#redis = await RedisConnection.open({ url, neededBy: `TINA4_RATE_BACKEND=${backend}` });
  }

  close(): void {
    this.#redis?.close();
  }

  /** @throws {Error} when the server that keeps the counters does not answer. */
  async ping(): Promise<void> {
    await this.#redis?.eval(PING, [], []);
  }

  /** What counts requests that no closer limit counts; `undefined` when `TINA4_RATE_LIMIT` is 0. */
  global(): RateLimiter | undefined {
    const { TINA4_RATE_LIMIT: limit } = this.#settings;
    return limit === 0 ? undefined : this.#limiter("global", limit);
  }

  /** A limit of one place in a middleware list. */
  ofPlace(place: string, limit: number): RateLimiter {
    return this.#limiter(`list:${digest(place)}`, limit);
  }

  /** A limit of failed attempts to log in, of one place in a middleware list. */
  ofLogins(place: string, limit: number): LoginThrottle {
    const scope = `login:${digest(place)}`;
    return new LoginThrottle({ ...this.#common, scope, limit, windowSeconds: LOGIN_WINDOW_SECONDS });
  }

  /**
   * The limit of a rule that a program checks by hand: one for each rule, so that it can be asked for anew each time.
   *
   * @throws {Tina4Error} OPTION_INVALID when the rule cannot be kept, or there are too many different ones.
   */
  byHand(limit: number, windowSeconds: number = this.#settings.TINA4_RATE_WINDOW): RateLimiter {
    const scope = `hand:${limit}:${windowSeconds}`;
    return this.#kept(this.#byHand, { scope, limit, windowSeconds }, "RateLimiter rules");
  }

  /**
   * What counts the requests of API keys that may make so many in any minute.
   *
   * @throws {Tina4Error} OPTION_INVALID when that is no limit, or keys have too many different ones.
   */
  ofApiKeys(limit: number): RateLimiter {
    const rule = { scope: `key:${limit}`, limit, windowSeconds: API_KEY_WINDOW_SECONDS };
    return this.#kept(this.#ofApiKeys, rule, "limits of API keys");
  }

  #kept(limiters: Map<string, RateLimiter>, rule: RateRule, what: string): RateLimiter {
    const known = limiters.get(rule.scope);
    if (known !== undefined) return known;
    const limiter = new RateLimiter({ ...this.#common, ...rule });
    if (limiters.size >= MAX_RULES) {
      throw new Tina4Error("OPTION_INVALID", `An application has at most ${MAX_RULES} different ${what}.`);
    }
    limiters.set(rule.scope, limiter);
    return limiter;
  }

  #limiter(scope: string, limit: number): RateLimiter {
    const windowSeconds = this.#settings.TINA4_RATE_WINDOW;
    return new RateLimiter({ ...this.#common, scope, limit, windowSeconds });
  }
}

const NOT_CONNECTED: Pick<RedisConnection, "eval"> = {
  eval: () => Promise.reject(new Error("The application has not connected to Redis yet.")),
};

function digest(place: string): string {
  return sha256(place, "base64url");
}
