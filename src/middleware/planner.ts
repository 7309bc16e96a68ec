import type { AccessRule } from "../auth/access-rule.ts";
import type { Request } from "../http/request.ts";
import type { Response } from "../http/response.ts";
import type { Layer } from "../pipeline/middleware.ts";
import type { Step } from "../pipeline/step.ts";
import type { RateLimiter } from "../rate-limit/rate-limiter.ts";
import type { Route } from "../router/route.ts";
import type { WebSocketRoute } from "../router/websocket-route.ts";
import type { Services } from "./services.ts";

/** What was decided at start about whatever a request can lead to. */
export interface Planned {
  readonly method: string;
  readonly access: AccessRule;
  /** The limits that count its requests, outermost first: its own, else the global one. */
  readonly rateLimiters: readonly RateLimiter[];
  /** All middleware around the handler, outermost first. */
  readonly layers: readonly Layer[];
}

/** One method of one route. */
export interface PlannedRoute extends Planned {
  readonly route: Route;
}

/** One WebSocket route. */
export interface PlannedSocket extends Planned {
  readonly route: WebSocketRoute;
}

/** Decides once, at start, whether a route needs a step. What it does not need, it never runs. */
export type Planner<Of extends Planned = PlannedRoute> = (services: Services, planned: Of) => Step | undefined;

/** Makes a step that every request needs, before its route is known. */
export type ArrivalPlanner = (services: Services) => Step | undefined;

/** Makes what every response goes through last, whatever it came to be. */
export type DeparturePlanner = (services: Services) => Farewell | undefined;

export type Farewell = (request: Request, response: Response) => Promise<void> | void;
