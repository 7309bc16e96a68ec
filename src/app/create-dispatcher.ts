import type { SettingSources } from "../config/settings.ts";
import { rateLimitStep } from "../middleware/limit-rate.ts";
import { readSessionLayer } from "../middleware/read-session.ts";
import { RequestLoggerMiddleware } from "../middleware/request-logger-middleware.ts";
import type { Services } from "../middleware/services.ts";
import { ErrorPages } from "../pages/error-pages.ts";
import { PageLinks } from "../pages/page-links.ts";
import type { PageTemplates } from "../pages/page-templates.ts";
import { compose } from "../pipeline/compose.ts";
import type { MiddlewareEntry } from "../pipeline/middleware.ts";
import type { MiddlewareRegistry } from "../pipeline/middleware-registry.ts";
import { NamedRoutes } from "../router/named-routes.ts";
import type { Route } from "../router/route.ts";
import type { WebSocketRoute } from "../router/websocket-route.ts";
import { hasStaticFile, serveStaticFiles } from "../static-files/serve-static-files.ts";
import type { StaticFiles } from "../static-files/static-files.ts";
import type { Backends } from "./backends.ts";
import { createDebugPages } from "./create-debug-pages.ts";
import { createLender } from "./create-lender.ts";
import { createRequestLogger } from "./create-request-logger.ts";
import { Dispatcher } from "./dispatcher.ts";
import { ErrorResponder } from "./error-responder.ts";
import { healthPages } from "./health-pages.ts";
import { ARRIVAL, DEPARTURE, SOCKET_ARRIVAL } from "./lifecycle.ts";
import { MiddlewareLists } from "./middleware-lists.ts";
import { warningsOfTemplates } from "./project-contents.ts";
import { joinRequestWatch } from "./request-watch.ts";
import { planRoute, planSocket, type RoutePlan } from "./route-plan.ts";
import { RouteTable } from "./route-table.ts";

export interface DispatcherParts {
  readonly routes: readonly Route[];
  readonly websocketRoutes: readonly WebSocketRoute[];
  readonly globalMiddleware: readonly MiddlewareEntry[];
  readonly registry: MiddlewareRegistry;
  readonly services: Services;
  /** Where each setting comes from. */
  readonly sources: SettingSources;
  /** The application's folder, absolute. */
  readonly root: string;
  readonly backends: Backends;
  /** Headers that every response carries, names and values in turn. */
  readonly commonHeaders: readonly string[];
  /** The files that everybody may have. */
  readonly files: StaticFiles;
  readonly templates: PageTemplates;
}

/**
 * Puts an application together: names become middleware, routes become plans, plans become one dispatcher.
 *
 * @throws {Tina4Error} when a list names no middleware, or a route contradicts itself or another.
 */
export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { routes, websocketRoutes, globalMiddleware, registry, services, sources, root } = parts;
  const { backends, commonHeaders, files, templates } = parts;
  const { settings, log } = services;
  const checksForChanges = settings.TINA4_DEBUG;
  for (const warning of warningsOfTemplates(routes, templates)) log.warn(warning);
  templates.seal(new PageLinks({ routes: new NamedRoutes([...routes, ...websocketRoutes]), files, checksForChanges }));
  const lists = new MiddlewareLists(globalMiddleware, registry, backends.rateCounters);
  const plans = planAll(parts, lists);
  const debug = createDebugPages({ plans, globalMiddleware, registry, services, sources, root });
  const errorPages = new ErrorPages({ templates, log, checksForChanges });
  const errorResponder = new ErrorResponder({ log, debug, pages: errorPages });
  const session = readSessionLayer(services);
  const unroutedLayers = lists.global.layers.length === 0 ? [] : [session, ...lists.global.layers];
  const notFoundLayers = unroutedLayers.length === 0 && errorPages.has(404) ? [session] : unroutedLayers;
  const table = new RouteTable(plans, {
    files: { serve: serveStaticFiles(files, unroutedLayers), has: (path) => hasStaticFile(files, path) },
    limit: rateLimitStep(lists.global.rateLimiters),
    notFound: compose(notFoundLayers, errorResponder.notFound),
  });
  const ownPaths = new Set(routes.map(({ pattern }) => pattern.text));
  const health = healthPages({ readiness: backends.readiness, ownPaths, isDebug: debug !== undefined });
  const isRequestLogger = (entry: MiddlewareEntry): boolean => registry.isNamed(entry, RequestLoggerMiddleware);
  const requestLogger = createRequestLogger({ globalMiddleware, plans, isRequestLogger, services });
  return new Dispatcher({
    steps: [
      ...ARRIVAL.flatMap((planner) => planner(services) ?? []),
      ...(debug === undefined ? [] : [debug.enter]),
      ...(settings.TINA4_HEALTH ? [health] : []),
      table.enter,
    ],
    socketSteps: [...SOCKET_ARRIVAL.flatMap((planner) => planner(services) ?? []), table.enterSocket],
    farewells: DEPARTURE.flatMap((planner) => planner(services) ?? []),
    lender: createLender(services, backends.rateCounters),
    commonHeaders,
    responseLender: {
      projectRoot: root,
      renderPage: (template, data, page) => templates.renderPage(template, data, page),
    },
    handlerTimeoutSeconds: settings.TINA4_HANDLER_TIMEOUT,
    errorResponder,
    requestWatch: debug === undefined ? requestLogger : joinRequestWatch(debug.requests, requestLogger),
  });
}

function planAll({ routes, websocketRoutes, services }: DispatcherParts, lists: MiddlewareLists): readonly RoutePlan[] {
  return [
    ...routes.flatMap((route) => {
      const surroundings = lists.around(route);
      return route.methods.map((method) => planRoute(route, method, surroundings, services));
    }),
    ...websocketRoutes.map((route) => planSocket(route, lists.around(route), services)),
  ];
}
