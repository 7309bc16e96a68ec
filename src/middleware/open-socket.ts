import type { EndOfStay } from "../http/end-of-stay.ts";
import type { Request } from "../http/request.ts";
import { wasStoppedBy } from "../http/was-stopped-by.ts";
import type { LogFields } from "../log/logger.ts";
import { compose } from "../pipeline/compose.ts";
import { LiveWebSocket } from "../websocket/live-websocket.ts";
import { WebSocketAcceptor } from "../websocket/websocket-acceptor.ts";
import type { WebSocketHandler } from "../websocket/websocket-handler.ts";
import { loggedTarget } from "./logged-target.ts";
import type { PlannedSocket, Planner } from "./planner.ts";

const GOING_AWAY = 1001;
const INTERNAL_ERROR = 1011;

/** The middleware of application, groups and route, and in their midst the WebSocket, which opens when all of them have agreed. */
export const openSocket: Planner<PlannedSocket> = ({ log, monotonicNow, sockets }, { route, layers }) => {
  const acceptor = new WebSocketAcceptor(route);
  const { handler, limits } = route;
  return compose(layers, (request, response) =>
    response.setSwitch((fields) => {
      const websocket = acceptor.accept(request.raw, fields);
      if (websocket === null) return null;
      const facts: LogFields = { id: request.id, target: loggedTarget(request), ip: request.ip };
      const fail = (error: unknown): void => {
        if (!wasStoppedBy(socket.signal, error)) log.error({ ...facts, error }, "websocket handler failed");
        void socket.close(INTERNAL_ERROR, "internal error");
      };
      const socket = new LiveWebSocket({
        websocket,
        limits,
        monotonicNow,
        user: request.user,
        isLost: () => request.raw.socket.destroyed,
        onCutOff: (closure) => log.info({ ...facts, ...closure }, "websocket cut off"),
        onListenerError: fail,
      });
      sockets.add(socket, request.endOfStay ?? STAYS, () => serve(handler, socket, request, fail));
      return () => void socket.close(GOING_AWAY, "server stops");
    }),
  );
};

async function serve(
  handler: WebSocketHandler,
  socket: LiveWebSocket,
  request: Request,
  fail: (error: unknown) => void,
): Promise<void> {
  try {
    await handler(socket, request as Request<never> as Parameters<WebSocketHandler>[1]);
  } catch (error) {
    fail(error);
  }
  socket.conclude();
}

/** A stranger whom the route lets in has nothing that could end. */
const STAYS: EndOfStay = () => undefined;
