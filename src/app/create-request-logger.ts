import { RequestLoggerMiddleware } from "../middleware/request-logger-middleware.ts";
import type { Services } from "../middleware/services.ts";
import type { MiddlewareEntry } from "../pipeline/middleware.ts";
import type { RoutePlan } from "./route-plan.ts";

export interface RequestLoggerParts {
  readonly globalMiddleware: readonly MiddlewareEntry[];
  readonly plans: readonly RoutePlan[];
  readonly isRequestLogger: (entry: MiddlewareEntry) => boolean;
  readonly services: Services;
}

/** Makes the request logger of an application; where nobody listed it there is none, and nothing is measured. */
export function createRequestLogger(parts: RequestLoggerParts): RequestLoggerMiddleware | undefined {
  const { globalMiddleware, plans, isRequestLogger } = parts;
  const { log, monotonicNow, settings } = parts.services;
  const options = { log, monotonicNow, format: settings.TINA4_LOG_FORMAT };
  if (globalMiddleware.some(isRequestLogger)) return new RequestLoggerMiddleware(options);
  const logged = plans.filter(({ planned: { route } }) => route.listedMiddleware.some(isRequestLogger));
  if (logged.length === 0) return undefined;
  return new RequestLoggerMiddleware({ ...options, routes: new Set(logged.map(({ matched }) => matched)) });
}
