import type { IncomingMessage } from "node:http";
import { MALFORMED, type ParsedBody, TOO_LARGE } from "./parsed-body.ts";
import { watchFraming } from "./watch-framing.ts";

/** Whether a request announces a body. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return Number(headers["content-length"] ?? 0) > 0 || headers["transfer-encoding"] !== undefined;
}

/**
 * Reads a body into memory, up to a number of bytes that is checked against Content-Length first and against every chunk after.
 *
 * @returns The bytes, or a refusal: for an excess, the rest of which stays unread, and for a client that leaves early. Never
 *   rejects.
 * @see CWE-770
 */
export function readBody(raw: IncomingMessage, maxBytes: number): Promise<ParsedBody<Buffer>> {
  if (Number(raw.headers["content-length"] ?? 0) > maxBytes) return Promise.resolve(TOO_LARGE);
  if (raw.destroyed) return Promise.resolve(MALFORMED);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const isExcessive = watchFraming(raw);
    const onData = (chunk: Buffer): void => {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes <= maxBytes && !isExcessive(bytes)) return;
      raw.pause().off("data", onData).off("close", onClose);
      resolve(TOO_LARGE);
    };
    // It comes after the end, and also where the client leaves before.
    const onClose = (): void => {
      raw.off("data", onData).off("close", onClose);
      if (!raw.readableEnded) resolve(MALFORMED);
      else resolve({ value: chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks) });
    };
    raw.on("data", onData).on("close", onClose);
  });
}
