import type { IncomingMessage } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import type { WebSocketLimits } from "./websocket-limits.ts";

const BOUNDS = {
  /** A message in more pieces closes the connection with 1008: pieces cost memory even where they hold nothing. */
  maxFragments: 1024,
  /** Of what a client has asked for and does not take. */
  maxPendingAutoPongs: 16,
  /** How long a client has to answer a close, in milliseconds. */
  closeTimeout: 5000,
} as const;
const NO_BYTES = Buffer.alloc(0);

/**
 * What a page offers beside its ticket, where it has no subprotocol of its own: browsers give up a connection for which none of what
 * they offered was chosen.
 */
const OWN_PROTOCOL = "tina4";

/** Headers that would contradict those of the handshake. */
const FRAMING: readonly string[] = ["connection", "content-length", "content-type", "upgrade"];

export interface AcceptorOptions {
  readonly limits: WebSocketLimits;
  /** Subprotocols that the route speaks, the best one first. */
  readonly protocols: readonly string[];
}

/** Answers requests for one WebSocket route with 101. */
export class WebSocketAcceptor {
  readonly #server: WebSocketServer;
  #fields: readonly string[] = [];

  constructor({ limits, protocols }: AcceptorOptions) {
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: limits.maxMessageBytes,
      ...BOUNDS,
      handleProtocols: (offered) => [...protocols, OWN_PROTOCOL].find((protocol) => offered.has(protocol)) ?? false,
    });
    this.#server.on("headers", (lines) => lines.push(...headerLines(this.#fields)));
    // Only a client that has left comes to this: every other fault of a handshake was answered before.
    this.#server.on("wsClientError", (_error, socket) => socket.destroy());
  }

  /**
   * @param raw A request without a fault, whose socket nobody reads from.
   * @param fields Headers of the answer, names and values in turn.
   * @returns `null` when the client has left.
   */
  accept(raw: IncomingMessage, fields: readonly string[]): WebSocket | null {
    let accepted = null as WebSocket | null;
    this.#fields = fields;
    // For the head, which is written as a text.
    raw.socket.setDefaultEncoding("latin1");
    this.#server.handleUpgrade(raw, raw.socket, NO_BYTES, (websocket) => {
      accepted = websocket;
    });
    raw.socket.setDefaultEncoding("utf8");
    return accepted;
  }
}

function headerLines(fields: readonly string[]): readonly string[] {
  return fields.flatMap((name, index) =>
    index % 2 === 0 && !FRAMING.includes(name.toLowerCase()) ? [`${name}: ${fields[index + 1]}`] : [],
  );
}
