import { Tina4Error } from "../errors.ts";
import type { Response } from "../http/response.ts";
import { type RateInfo, rateLimitHeaders } from "../middleware/rate-limited.ts";
import { rateKey } from "../rate-limit/rate-key.ts";
import type { RateLimiter as Counters } from "../rate-limit/rate-limiter.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import { currentApplication } from "./current-application.ts";

/** The rule that a `RateLimiter` counts by. */
export interface RateLimiterOptions {
  /** Requests in any window: 1 to 1,000,000,000. Default: `TINA4_RATE_LIMIT`. */
  readonly limit?: number;
  /** Whole seconds, 1 to 31,622,400. Default: `TINA4_RATE_WINDOW`. */
  readonly windowSeconds?: number;
}

/** What a check says: `info` is for the client. */
export interface RateCheck {
  readonly allowed: boolean;
  readonly info: RateInfo;
}

const UNLIMITED: RateCheck = { allowed: true, info: { limit: 0, remaining: 0, reset: 0 } };

/**
 * A rate limit that a handler checks by hand, apart from those that act by themselves.
 *
 * Cheap to make: its counters belong to the application and its rule, so one that is made anew for each request goes on
 * counting. An application has at most 64 different rules. It is not for the lists of groups and routes, which name a limit as
 * `"RateLimiter:30"`; around the whole application the class does nothing, since the global limit is active already.
 *
 * @example
 * ```ts
 * import { RateLimiter } from "tina4-ts";
 * const { allowed, info } = await new RateLimiter({ limit: 3, windowSeconds: 60 }).check("203.0.113.9");
 * allowed; // true
 * info; // { limit: 3, remaining: 2, reset: 60 }
 * ```
 * @see CWE-770
 */
export class RateLimiter {
  /** `undefined` where `TINA4_RATE_LIMIT` is 0 and no other limit was given. */
  readonly #counters: Counters | undefined;
  /** @internal */
  readonly listingRemedy: string;

  /** @throws {Tina4Error} OPTION_UNKNOWN or OPTION_INVALID when an option does not exist or is out of its range. */
  constructor(options: RateLimiterOptions = {}) {
    refuseUnknownKeys("RateLimiter", options, ["limit", "windowSeconds"]);
    const { backends, settings } = currentApplication();
    const isOff = options.limit === undefined && settings.TINA4_RATE_LIMIT === 0;
    const { limit = settings.TINA4_RATE_LIMIT, windowSeconds } = options;
    this.#counters = isOff ? undefined : backends.rateCounters.byHand(limit, windowSeconds);
    this.listingRemedy = `Write "RateLimiter:${limit || 30}".`;
  }

  /** Does nothing: the limit is active already, so `use(RateLimiter)` is harmless. */
  static beforeRateLimit(): void {}

  /** @internal */
  static readonly listingRemedy: string = 'Write "RateLimiter:30" for 30 requests a window.';

  /**
   * Counts a request, unless it is refused: a refused request takes no place.
   *
   * @param key Whose request it is: `request.ip`, a user's id, an API key. IPv6 addresses of one /64 are one client.
   * @returns Whether it may pass, and what the client is told: the limit, the places left, and in how many seconds the
   * next one is free.
   * @throws {Tina4Error} OPTION_INVALID when the key is no text.
   */
  async check(key: string): Promise<RateCheck> {
    if (typeof key !== "string") throw new Tina4Error("OPTION_INVALID", `A key is text, not ${typeof key}.`);
    if (this.#counters === undefined) return UNLIMITED;
    const { allowed, limit, remaining, reset } = await this.#counters.check(rateKey(key));
    return { allowed, info: { limit, remaining, reset } };
  }

  /** Sets the `X-RateLimit-` headers of a response, in place of those of another limit. */
  applyHeaders(response: Response, info: RateInfo): void {
    if (info.limit === UNLIMITED.info.limit) return;
    for (const [name, value] of Object.entries(rateLimitHeaders(info))) response.header(name, value);
  }
}
