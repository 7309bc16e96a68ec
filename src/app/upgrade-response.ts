import { type IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { hasBody } from "../http/read-body.ts";
import type { Connection } from "./connection.ts";

/** Whether a request asks for a WebSocket, in the one form in which that is asked for. */
export function asksForWebSocket(raw: IncomingMessage): boolean {
  const { method, httpVersion, headers } = raw;
  return method === "GET" && httpVersion === "1.1" && headers.upgrade?.toLowerCase() === "websocket" && !hasBody(raw);
}

/**
 * The response to a request of which Node.js's server has let go, because it asks for another protocol. When something else than that
 * is answered, the connection ends with it.
 */
export function upgradeResponse(raw: IncomingMessage, connection: Connection): ServerResponse {
  const rawResponse = new ServerResponse(raw);
  const socket = raw.socket as Socket;
  rawResponse.assignSocket(socket);
  rawResponse.once("finish", () => {
    rawResponse.detachSocket(socket);
    rawResponse.emit("close");
    connection.end();
  });
  return rawResponse;
}
