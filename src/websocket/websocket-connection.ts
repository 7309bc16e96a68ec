import type { Claims } from "../claims.ts";

/** What a client sends in one message: a text, or bytes. */
export type SocketMessage = string | Uint8Array;

/** How a WebSocket was closed: a status code of RFC 6455 §7.4, and a reason that may be empty. 1006: the connection broke off. */
export interface SocketClosure {
  readonly code: number;
  readonly reason: string;
}

/**
 * An open WebSocket, as its handler sees it.
 *
 * Messages are read in one of two ways: `for await (const message of socket)`, or `socket.onMessage(listener)`. Either takes one
 * message after the other, and a client that sends faster than they are taken has to wait. A handler that leaves the loop and then
 * ends has the connection closed.
 *
 * @example
 * ```ts
 * import { createApp } from "tina4-ts";
 * import { testClient } from "tina4-ts/testing";
 * const app = createApp();
 * app.websocket("/echo", async (socket) => {
 *   for await (const message of socket) await socket.send(message);
 * }).noAuth();
 * const client = await testClient(app);
 * const socket = await client.websocket("/echo");
 * await socket.send("hello");
 * await socket.next(); // "hello"
 * await client.close();
 * ```
 * @see RFC 6455
 */
export interface WebSocketConnection extends AsyncIterable<SocketMessage> {
  /** Who opened it, as `request.user` said then; `null` for a stranger. */
  readonly user: Claims | null;
  /** The subprotocol that was agreed on; empty where there is none. */
  readonly protocol: string;
  /** Aborted once the connection is closed. Hand it to whatever waits: `fetch`, a timer, a queue. */
  readonly signal: AbortSignal;
  /** Resolves once the connection is closed, and never rejects. */
  readonly closed: Promise<SocketClosure>;
  /** How many bytes wait for the client to take them. */
  readonly bufferedBytes: number;

  /**
   * Sends a text, or bytes.
   *
   * Await it to go no faster than the client reads. A client for whom more than `maxBufferedBytes` of earlier
   * messages wait is cut off with 1013.
   *
   * @returns Whether it went out: `false` once the connection is closed. It never rejects.
   * @throws {Tina4Error} WEBSOCKET_MISUSED when it is neither a text nor bytes.
   */
  send(message: SocketMessage): Promise<boolean>;

  /**
   * Sends data as JSON text.
   *
   * @throws {Tina4Error} RESPONSE_INVALID when the data has no JSON form.
   */
  sendJson(data: unknown): Promise<boolean>;

  /**
   * Has every message handed to a function, the next one when the promise of the last is done. Where it throws, the connection is
   * closed with 1011, and the error logged.
   *
   * @throws {Tina4Error} WEBSOCKET_MISUSED when the messages are being read already.
   */
  onMessage(listener: (message: SocketMessage) => unknown): void;

  /**
   * Closes the connection. Messages that come after it are not handed on.
   *
   * @param code 1000 to 1003, 1007 to 1014, or 3000 to 4999. Default 1000: done.
   * @param reason At most 123 bytes of UTF-8, shown to the client.
   * @returns `closed`.
   * @throws {Tina4Error} WEBSOCKET_MISUSED when the code or the reason cannot be sent.
   */
  close(code?: number, reason?: string): Promise<SocketClosure>;
}
