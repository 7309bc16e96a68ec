import type { ListedApiKeys } from "../auth/api-keys/listed-api-keys.ts";
import type { Request, RequestLender } from "../http/request.ts";
import type { Logger } from "../log/logger.ts";
import type { RateLimiter } from "../rate-limit/rate-limiter.ts";

/** What an application checks API keys with. */
export interface ApiKeyDesk {
  /** The keys of `API_KEYS`. */
  readonly listed: ListedApiKeys;
  /** Counts requests of keys that may make so many in any minute. */
  readonly limiter: (requestsPerMinute: number) => RateLimiter;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Lends each request what middleware needs that was made before it knew its application. */
export interface ApiKeyLender extends RequestLender {
  readonly apiKeyDesk: ApiKeyDesk;
}

/** The desk of the application that a request came to: each has lent its own to every request. */
export function apiKeyDeskOf(request: Request): ApiKeyDesk {
  return (request.lender as ApiKeyLender).apiKeyDesk;
}
