import type { MiddlewareRegistry } from "../pipeline/middleware-registry.ts";
import type { GuardedRoute } from "../router/guarded-route.ts";

/** What the middleware of a route and its groups asks for before it lets anybody in: `["API key"]`. */
export function locksOf({ listedMiddleware }: GuardedRoute, registry: MiddlewareRegistry): readonly string[] {
  return listedMiddleware.flatMap((entry) => registry.lockOf(entry) ?? []);
}
