import { Tina4Error } from "../errors.ts";
import type { MiddlewareEntry } from "../pipeline/middleware.ts";

/** Alone, each of these stands for the global limit, which is active already. */
export const RATE_LIMIT_NAMES: readonly string[] = ["RateLimiter", "RateLimiterMiddleware"];
const WHOLE_NUMBER = /^[1-9]\d{0,8}$/;

/**
 * The limit that an entry of a middleware list names: `"RateLimiter:30"` is 30, everything else none. A limit acts before the
 * gate, wherever it stands in its list.
 *
 * @throws {Tina4Error} MIDDLEWARE_INVALID when what follows the colon is no limit.
 */
export function rateLimitOf(entry: MiddlewareEntry): number | undefined {
  if (typeof entry !== "string") return undefined;
  const name = RATE_LIMIT_NAMES.find((name) => entry.startsWith(`${name}:`));
  if (name === undefined) return undefined;
  const limit = entry.slice(name.length + 1);
  if (WHOLE_NUMBER.test(limit)) return Number(limit);
  throw new Tina4Error(
    "MIDDLEWARE_INVALID",
    `"${entry}": after the colon stands a whole number of requests, 1 or more.`,
  );
}
