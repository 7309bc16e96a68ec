import type { IncomingMessage } from "node:http";
import { type Refusal, refuse } from "../errors.ts";
import { offeredProtocols } from "./offered-protocols.ts";

const VERSION = "13";
/** 16 bytes of base64. */
const KEY = /^[+/0-9A-Za-z]{22}==$/;

const MALFORMED = refuse("REQUEST_MALFORMED");
const OTHER_VERSION = refuse("UPGRADE_REFUSED", {
  headers: { "Sec-WebSocket-Version": VERSION, Connection: "close, Upgrade", Upgrade: "websocket" },
});

/**
 * What is wrong with a request that asks for a WebSocket, if anything is: it must be fit to be answered with 101.
 *
 * @see RFC 6455 §4.2.1
 */
export function handshakeFault({ headers }: IncomingMessage): Refusal | undefined {
  if (headers["sec-websocket-version"] !== VERSION) return OTHER_VERSION;
  if (!KEY.test(headers["sec-websocket-key"] ?? "")) return MALFORMED;
  return offeredProtocols(headers["sec-websocket-protocol"]) === null ? MALFORMED : undefined;
}
