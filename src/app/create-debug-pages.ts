import type { SettingSources } from "../config/settings.ts";
import { DebugPages } from "../debug/debug-pages.ts";
import { doorOf, middlewareName } from "../debug/door.ts";
import { OVERVIEW_PATH } from "../debug/overview-path.ts";
import { RecentRequests } from "../debug/recent-requests.ts";
import type { Services } from "../middleware/services.ts";
import type { MiddlewareEntry } from "../pipeline/middleware.ts";
import type { MiddlewareRegistry } from "../pipeline/middleware-registry.ts";
import { limitsOf } from "./limits-of.ts";
import { locksOf } from "./locks-of.ts";
import type { RoutePlan } from "./route-plan.ts";

export interface DebugPagesParts {
  readonly plans: readonly RoutePlan[];
  readonly globalMiddleware: readonly MiddlewareEntry[];
  readonly registry: MiddlewareRegistry;
  readonly services: Services;
  readonly sources: SettingSources;
  /** The application's folder, absolute. */
  readonly root: string;
}

/** Makes the developer's pages; outside of debug there are none, and nothing is remembered. */
export function createDebugPages(parts: DebugPagesParts): DebugPages | undefined {
  const { plans, globalMiddleware, registry, services, sources, root } = parts;
  const { settings, log } = services;
  if (!settings.TINA4_DEBUG) return undefined;
  const isPathTaken = plans.some(({ planned }) => planned.route.pattern.text === OVERVIEW_PATH);
  if (isPathTaken) log.warn(`${OVERVIEW_PATH} is a route of this application, so the page of that path is not shown.`);
  return new DebugPages({
    doors: plans.map(({ planned, matched }) => {
      const ownLimits = limitsOf(planned.route, 0);
      const locks = locksOf(planned.route, registry);
      return [matched, doorOf(planned, { settings, root, ownLimits, locks })];
    }),
    globalMiddleware: globalMiddleware.map(middlewareName),
    settings,
    sources,
    root,
    isPathTaken,
    requests: new RecentRequests(services),
  });
}
