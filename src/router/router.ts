import { Tina4Error } from "../errors.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import type { WebSocketHandler } from "../websocket/websocket-handler.ts";
import { callSite } from "./call-site.ts";
import type { GuardedRoute, RouteGroup, RoutePlace } from "./guarded-route.ts";
import type { Handler } from "./handler.ts";
import { ANY_METHODS, type Method, SOCKET_METHOD } from "./method.ts";
import { type PathPattern, parsePattern } from "./path-pattern.ts";
import { refuseLostGuard } from "./refuse-lost-guard.ts";
import { refuseMisplacedArguments } from "./refuse-misplaced-arguments.ts";
import { Route } from "./route.ts";
import type { RouteOptions } from "./route-options.ts";
import type { GroupOptions, GroupVerb, Verb, WebSocketVerb } from "./verb.ts";
import { type WebSocketOptions, WebSocketRoute } from "./websocket-route.ts";
import { withPlace } from "./with-place.ts";

/**
 * Collects the routes of one application.
 *
 * Reading is public and writing demands a Bearer token until a route's marks say otherwise.
 */
export class Router {
  readonly #routes: Route[] = [];
  readonly #websocketRoutes: WebSocketRoute[] = [];
  /** The groups around what is being registered, outermost first. */
  #groups: readonly RouteGroup[] = [];
  #sealed = false;

  readonly get: Verb = this.#verb(["GET"]);
  readonly head: Verb = this.#verb(["HEAD"]);
  readonly post: Verb = this.#verb(["POST"]);
  readonly put: Verb = this.#verb(["PUT"]);
  readonly patch: Verb = this.#verb(["PATCH"]);
  readonly delete: Verb = this.#verb(["DELETE"]);
  readonly del: Verb = this.delete;
  readonly options: Verb = this.#verb(["OPTIONS"]);
  /** Covers GET, POST, PUT, PATCH and DELETE; its chain acts on all of them. */
  readonly any: Verb = this.#verb(ANY_METHODS);

  /** A WebSocket: a ticket or a Bearer token is needed unless its marks say otherwise. */
  readonly websocket: WebSocketVerb = ((path: string, ...rest: readonly [unknown, unknown?]) =>
    this.#registerSocket(path, rest)) as WebSocketVerb;

  readonly group: GroupVerb = (prefix: string, ...rest: [() => void] | [GroupOptions, () => void]): void => {
    const [options = {}, define] = rest.length === 1 ? [{}, rest[0]] : rest;
    const where = `Group ${prefix} (${callSite()})`;
    refuseMisplacedArguments(where, rest, "group");
    refuseUnknownKeys(where, options, ["middleware"]);
    refuseLostGuard(where, options);
    if (typeof define !== "function") throw invalid(where, "has no function that registers its routes.");
    if (define.length > 0) throw invalid(where, "hands no router to its function. Call app.get(…) in it, or get(…).");
    if (!prefix.startsWith("/") || prefix.endsWith("/")) throw badPrefix(where);
    const outer = this.#groups;
    this.#groups = [...outer, { prefix, middleware: [options.middleware ?? []].flat() }];
    try {
      const result: unknown = define();
      if (result instanceof Promise) throw isAsync(where, result);
    } finally {
      this.#groups = outer;
    }
  };

  /** All routes so far, in the order of their registration. */
  get routes(): readonly Route[] {
    return this.#routes;
  }

  /** @internal Routes of every kind. */
  get everyRoute(): readonly GuardedRoute[] {
    return [...this.#routes, ...this.#websocketRoutes];
  }

  /** All WebSocket routes so far, in the order of their registration. */
  get websocketRoutes(): readonly WebSocketRoute[] {
    return this.#websocketRoutes;
  }

  /** @internal Ends registration: what is known now is what was checked. */
  seal(): readonly Route[] {
    this.#sealed = true;
    for (const route of this.everyRoute) route.seal();
    return this.#routes;
  }

  #verb(methods: readonly Method[]): Verb {
    return ((path: string, ...rest: [Handler] | [RouteOptions, Handler]) =>
      this.#register(methods, path, rest)) as Verb;
  }

  #register(methods: readonly Method[], path: string, rest: [Handler] | [RouteOptions, Handler]): Route {
    const [options = {}, handler] = rest.length === 1 ? [{}, rest[0]] : rest;
    const { where, readPlace } = this.#enter(methods.join("|"), path);
    refuseMisplacedArguments(where, rest, "route");
    if (typeof handler !== "function") throw invalid(where, "has no handler function.");
    const route = new Route({ methods, handler, options, ...readPlace() });
    this.#routes.push(route);
    return route;
  }

  #registerSocket(path: string, rest: readonly [unknown, unknown?]): WebSocketRoute {
    const { where, readPlace } = this.#enter(SOCKET_METHOD, path);
    refuseMisplacedArguments(where, rest, "websocket");
    const isHandlerLast = typeof rest[0] !== "function" && typeof rest[1] === "function";
    const [handler, options = {}] = isHandlerLast ? [rest[1], rest[0]] : rest;
    if (typeof handler !== "function") throw invalid(where, "has no handler function.");
    const route = new WebSocketRoute({
      handler: handler as WebSocketHandler,
      options: options as WebSocketOptions,
      ...readPlace(),
    });
    this.#websocketRoutes.push(route);
    return route;
  }

  /** Begins a registration: how errors name it, and, once its arguments are known to be in order, what reads its path. */
  #enter(label: string, path: string): { readonly where: string; readonly readPlace: () => RoutePlace } {
    const declaredAt = callSite();
    const where = `${label} ${path} (${declaredAt})`;
    if (this.#sealed) {
      throw new Tina4Error("ROUTE_TOO_LATE", `${where} was registered after the application had started.`);
    }
    const groups = this.#groups;
    const prefix = groups.map((group) => group.prefix).join("");
    const readPattern = (): PathPattern => withPlace(where, () => parsePattern(pathInGroup(prefix, path)));
    return { where, readPlace: () => ({ pattern: readPattern(), groups, declaredAt }) };
  }
}

/** `/` in a group is the group's own path. Without its slash, `istrator` in `/admin` would be quite another path. */
function pathInGroup(prefix: string, path: string): string {
  if (prefix === "" || !path.startsWith("/")) return path;
  return path === "/" ? prefix : prefix + path;
}

function invalid(where: string, problem: string): Tina4Error {
  return new Tina4Error("OPTION_INVALID", `${where} ${problem}`);
}

function badPrefix(where: string): Tina4Error {
  return new Tina4Error("PATTERN_INVALID", `${where}: a prefix starts with a slash and does not end with one.`);
}

/** What such a function registers after its first `await` would stand outside the group, without its middleware. */
function isAsync(where: string, result: Promise<unknown>): Tina4Error {
  result.catch(() => undefined);
  return invalid(where, "registers its routes in an async function. Load first, then register.");
}
