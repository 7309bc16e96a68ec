import { accessRule } from "../auth/access-rule.ts";
import { socketAccessRule } from "../auth/socket-access-rule.ts";
import type { MatchedRoute, Request } from "../http/request.ts";
import type { Planned, PlannedRoute, PlannedSocket } from "../middleware/planner.ts";
import type { Services } from "../middleware/services.ts";
import type { Step } from "../pipeline/step.ts";
import { SOCKET_METHOD } from "../router/method.ts";
import type { Route } from "../router/route.ts";
import type { WebSocketRoute } from "../router/websocket-route.ts";
import { withPlace } from "../router/with-place.ts";
import { PASSAGE, SOCKET_PASSAGE } from "./lifecycle.ts";

/** One method of one route, ready to run. */
export interface RoutePlan {
  readonly planned: PlannedRoute | PlannedSocket;
  readonly matched: MatchedRoute;
  readonly steps: readonly Step[];
  /** Puts the values that were found in the path under the names that the pattern gives them. */
  readonly assignParams: (request: Request, values: readonly (string | number)[]) => void;
}

type Surroundings = Pick<Planned, "layers" | "rateLimiters">;

/**
 * Decides all that can be decided about a route before the first request.
 *
 * @throws {Tina4Error} ROUTE_CONTRADICTION and others, naming the route and where it stands.
 */
export function planRoute(route: Route, method: string, surroundings: Surroundings, services: Services): RoutePlan {
  const access = withPlace(route.where, () => accessRule(method, route.marks));
  const planned: PlannedRoute = { route, method, access, ...surroundings };
  return planOf(
    planned,
    PASSAGE.flatMap((planner) => planner(services, planned) ?? []),
  );
}

/**
 * The same for a WebSocket route.
 *
 * @throws {Tina4Error} ROUTE_CONTRADICTION and others, naming the route and where it stands.
 */
export function planSocket(route: WebSocketRoute, surroundings: Surroundings, services: Services): RoutePlan {
  const access = withPlace(route.where, () => socketAccessRule(SOCKET_METHOD, route.marks));
  const planned: PlannedSocket = { route, method: SOCKET_METHOD, access, ...surroundings };
  return planOf(
    planned,
    SOCKET_PASSAGE.flatMap((planner) => planner(services, planned) ?? []),
  );
}

function planOf(planned: RoutePlan["planned"], steps: readonly Step[]): RoutePlan {
  const { pattern, marks } = planned.route;
  return {
    planned,
    matched: { pattern: pattern.text, name: marks.name },
    steps,
    assignParams: paramAssigner(pattern.paramNames),
  };
}

function paramAssigner(names: readonly string[]): RoutePlan["assignParams"] {
  return (request, values) => {
    const params: Record<string, string | number> = Object.create(null);
    for (let index = 0; index < names.length; index += 1)
      params[names[index] as string] = values[index] as string | number;
    request.params = params;
  };
}
