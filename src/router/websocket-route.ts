import type { SecureOptions } from "../auth/access-marks.ts";
import { Tina4Error } from "../errors.ts";
import { TOKEN } from "../http/token.ts";
import type { MiddlewareEntry } from "../pipeline/middleware.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import type { WebSocketHandler } from "../websocket/websocket-handler.ts";
import { LIMIT_NAMES, type WebSocketLimits, websocketLimits } from "../websocket/websocket-limits.ts";
import { GuardedRoute, type RoutePlace } from "./guarded-route.ts";
import { SOCKET_METHOD } from "./method.ts";
import type { ParamsOf } from "./params-of.ts";
import { refuseLostGuard } from "./refuse-lost-guard.ts";
import type { UserFor } from "./route-options.ts";

/** The same words as the chain methods, the subprotocols, and what one connection may cost. */
export interface WebSocketOptions extends Partial<WebSocketLimits> {
  readonly secure?: boolean | SecureOptions;
  readonly noAuth?: boolean | undefined;
  readonly role?: string | readonly string[];
  readonly middleware?: MiddlewareEntry | readonly MiddlewareEntry[];
  readonly name?: string | undefined;
  /** Subprotocols that the handler speaks, the best one first: `socket.protocol` is the first that the client offers too. */
  readonly protocols?: readonly string[];
}

const OPTION_NAMES: readonly (keyof WebSocketOptions)[] = [
  "secure",
  "noAuth",
  "role",
  "middleware",
  "name",
  "protocols",
  ...LIMIT_NAMES,
];

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

/** What a WebSocket route is made of. */
export interface WebSocketRouteDefinition extends RoutePlace {
  readonly handler: WebSocketHandler;
  readonly options: WebSocketOptions;
}

/**
 * A route whose requests become WebSockets. Without a mark it asks for a ticket or a Bearer token, as a write does.
 *
 * @example
 * ```ts
 * import { websocket } from "tina4-ts";
 * websocket("/clock", (socket) => socket.send(new Date().toISOString())).secure({ session: true });
 * ```
 */
export class WebSocketRoute extends GuardedRoute {
  readonly methods: readonly string[] = [SOCKET_METHOD];
  readonly handler: WebSocketHandler;
  readonly limits: WebSocketLimits;
  readonly protocols: readonly string[];

  /** @throws {Tina4Error} OPTION_UNKNOWN or OPTION_INVALID, naming the route and where it stands. */
  constructor({ handler, options, ...place }: WebSocketRouteDefinition) {
    super(place);
    this.handler = handler;
    const where = `${this.label} (${this.declaredAt})`;
    refuseUnknownKeys(where, options, OPTION_NAMES);
    refuseLostGuard(where, options);
    const { secure, noAuth, role, middleware = [], name, protocols = [] } = options;
    this.mark({ secure, noAuth, name, middleware: [middleware].flat() });
    if (role !== undefined) this.role(...[role].flat());
    this.limits = this.#limitsFrom(options);
    this.protocols = this.#checkProtocols(protocols);
  }

  #limitsFrom(options: WebSocketOptions): WebSocketLimits {
    try {
      return websocketLimits(options);
    } catch (error) {
      if (!(error instanceof Tina4Error)) throw error;
      throw this.fault(error.code, error.message, error);
    }
  }

  #checkProtocols(protocols: readonly string[]): readonly string[] {
    if (Array.isArray(protocols) && protocols.every((name) => typeof name === "string" && TOKEN.test(name))) {
      return Object.freeze([...protocols]);
    }
    throw this.fault("OPTION_INVALID", 'protocols is a list of names without spaces, as ["chat.v2"].');
  }
}
