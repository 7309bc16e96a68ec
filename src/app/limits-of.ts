import { rateLimitOf } from "../middleware/rate-limit-of.ts";
import type { GuardedRoute } from "../router/guarded-route.ts";

/** The limits that count the requests of a route, outermost first: those its groups and it name, else the global one. */
export function limitsOf({ listedMiddleware }: GuardedRoute, globalLimit: number): readonly number[] {
  const own = listedMiddleware.flatMap((entry) => rateLimitOf(entry) ?? []);
  if (own.length > 0) return own;
  return globalLimit === 0 ? [] : [globalLimit];
}
