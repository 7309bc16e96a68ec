import type { SecureOptions } from "../auth/access-marks.ts";
import { TOKEN } from "../http/token.ts";
import type { MiddlewareEntry } from "../pipeline/middleware.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import type { WebSocketHandler } from "../websocket/websocket-handler.ts";
import { LIMIT_NAMES, type WebSocketLimits, websocketLimits } from "../websocket/websocket-limits.ts";
import { GuardedRoute, type RoutePlace } from "./guarded-route.ts";
import { SOCKET_METHOD } from "./method.ts";
import { refuseLostGuard } from "./refuse-lost-guard.ts";
import { withPlace } from "./with-place.ts";

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
    refuseUnknownKeys(this.where, options, OPTION_NAMES);
    refuseLostGuard(this.where, options);
    const { secure, noAuth, role, middleware = [], name, protocols = [] } = options;
    this.mark({ secure, noAuth, name, middleware: [middleware].flat() });
    if (role !== undefined) this.role(...[role].flat());
    this.limits = withPlace(this.where, () => websocketLimits(options));
    this.protocols = this.#checkProtocols(protocols);
  }

  #checkProtocols(protocols: readonly string[]): readonly string[] {
    if (Array.isArray(protocols) && protocols.every((name) => typeof name === "string" && TOKEN.test(name))) {
      return Object.freeze([...protocols]);
    }
    throw this.fault("OPTION_INVALID", 'protocols is a list of names without spaces, as ["chat.v2"].');
  }
}
