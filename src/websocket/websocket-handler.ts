import type { Claims } from "../claims.ts";
import type { Fields } from "../http/form-fields.ts";
import type { Request } from "../http/request.ts";
import type { WebSocketConnection } from "./websocket-connection.ts";

/**
 * Serves one WebSocket, from when it is open. What it throws closes the connection with 1011; where it ends without having asked for
 * messages, those that come are dropped and the connection stays.
 *
 * @param request The request that opened it, with its `user`, `params` and `query`. Its session can be read, and no longer changed.
 */
export type WebSocketHandler<Params = Record<string, string | number>, User = Claims | null> = (
  socket: WebSocketConnection,
  request: Request<Params, Fields, Fields, User>,
) => unknown;
