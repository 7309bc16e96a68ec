import { Tina4Error } from "../errors.ts";

/** What fits into the frame behind the code. */
const MAX_REASON_BYTES = 123;

/**
 * Refuses what cannot stand in a close frame. Only a text is a reason: bytes of a memory that is larger than they are could say more
 * than was meant.
 *
 * @throws {Tina4Error} WEBSOCKET_MISUSED
 * @see RFC 6455 §7.4, CWE-201
 */
export function checkClosure(code: number, reason: string): void {
  if (!isSendable(code)) {
    const allowed = "1000 to 1003, 1007 to 1014 and 3000 to 4999";
    throw new Tina4Error("WEBSOCKET_MISUSED", `A WebSocket is closed with a code of ${allowed}, not ${String(code)}.`);
  }
  if (typeof reason !== "string" || Buffer.byteLength(reason) > MAX_REASON_BYTES) {
    throw new Tina4Error("WEBSOCKET_MISUSED", `The reason of a close is a text of at most ${MAX_REASON_BYTES} bytes.`);
  }
}

function isSendable(code: number): boolean {
  if (!Number.isInteger(code)) return false;
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}
