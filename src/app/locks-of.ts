import type { MiddlewareRegistry } from "../pipeline/middleware-registry.ts";
import type { Route } from "../router/route.ts";

/** What the middleware of a route and its groups asks for before it lets anybody in: `["API key"]`. */
export function locksOf({ groupMiddleware, marks }: Route, registry: MiddlewareRegistry): readonly string[] {
  return [...groupMiddleware, ...marks.middleware].flatMap((entry) => registry.lockOf(entry) ?? []);
}
