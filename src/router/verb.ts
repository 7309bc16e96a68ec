import type { MiddlewareEntry } from "../pipeline/middleware.ts";
import type { WebSocketHandler } from "../websocket/websocket-handler.ts";
import type { Handler } from "./handler.ts";
import type { ParamsOf } from "./params-of.ts";
import type { Route } from "./route.ts";
import type { BodyFor, ParamsFor, QueryFor, RouteOptions, UserFor } from "./route-options.ts";
import type { WebSocketOptions, WebSocketRoute } from "./websocket-route.ts";

/**
 * Registers a route: `get(path, handler)` or `get(path, options, handler)`.
 *
 * @throws {Tina4Error} PATTERN_INVALID, OPTION_UNKNOWN or OPTION_INVALID, naming the route and where it stands; ROUTE_TOO_LATE
 *   after the application has started.
 * @example
 * ```ts
 * import { get, post } from "tina4-ts";
 * get("/orders/{id:int}", (request) => ({ id: request.params.id }));
 * post("/feedback", { noAuth: true }, (_request, response) => response({ thanks: true }, 201));
 * ```
 */
export interface Verb {
  <const Pattern extends string>(path: Pattern, handler: Handler<ParamsOf<Pattern>>): Route;
  <const Pattern extends string, const Options extends RouteOptions>(
    path: Pattern,
    options: Options,
    handler: Handler<ParamsFor<Pattern, Options>, BodyFor<Options>, QueryFor<Options>, UserFor<Options>>,
  ): Route;
}

/**
 * Registers a WebSocket: `websocket(path, handler)`, `websocket(path, handler, options)`, or with the options before the handler as
 * `get` takes them.
 *
 * Who asks for it needs a ticket of `Auth.getSocketTicket`, or a Bearer token, unless it says `.noAuth()`; with
 * `.secure({ session: true })` a logged-in session will do, from a page of this very site. A page of another site is refused, whatever
 * it shows, unless `TINA4_TRUSTED_ORIGINS` names it.
 *
 * @throws {Tina4Error} PATTERN_INVALID, OPTION_UNKNOWN or OPTION_INVALID, naming the route and where it stands; ROUTE_TOO_LATE
 *   after the application has started.
 * @example
 * ```ts
 * import { websocket } from "tina4-ts";
 * websocket("/rooms/{room}", async (socket, request) => {
 *   await socket.sendJson({ welcome: request.params.room });
 *   for await (const message of socket) await socket.send(message);
 * }).secure({ session: true });
 * ```
 * @see RFC 6455 §10, CWE-1385
 */
export interface WebSocketVerb {
  <const Pattern extends string>(path: Pattern, handler: WebSocketHandler<ParamsOf<Pattern>>): WebSocketRoute;
  <const Pattern extends string, const Options extends WebSocketOptions>(
    path: Pattern,
    handler: WebSocketHandler<ParamsOf<Pattern>, UserFor<Options>>,
    options: Options,
  ): WebSocketRoute;
  <const Pattern extends string, const Options extends WebSocketOptions>(
    path: Pattern,
    options: Options,
    handler: WebSocketHandler<ParamsOf<Pattern>, UserFor<Options>>,
  ): WebSocketRoute;
}

/** What all routes of a group have in common. */
export interface GroupOptions {
  readonly middleware?: MiddlewareEntry | readonly MiddlewareEntry[];
}

/**
 * Registers the routes inside `define` under a common path prefix, with common middleware around their own.
 *
 * A group guards only what is registered inside it: `/administrator` is no part of the group `/admin`.
 *
 * @throws {Tina4Error} PATTERN_INVALID or OPTION_INVALID, naming the group and where it stands.
 * @example
 * ```ts
 * import { get, group, requireRole } from "tina4-ts";
 * group("/admin", { middleware: requireRole("admin") }, () => {
 *   get("/", () => "Hello, admin");
 *   get("/stats", () => ({ active: 42 }));
 * });
 * ```
 */
export interface GroupVerb {
  (prefix: string, define: () => void): void;
  (prefix: string, options: GroupOptions, define: () => void): void;
}
