import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { EventStream } from "../http/event-stream.ts";
import { hasBody } from "../http/read-body.ts";
import type { Request } from "../http/request.ts";
import { endWithBody } from "./end-with-body.ts";
import type { Exchange } from "./exchange.ts";
import { sendStream } from "./send-stream.ts";

/** Enough for a body somewhat over the usual limit to be answered with 413 instead of a broken connection. */
const MAX_DISCARDED_BYTES = 4 * 1_048_576;
const MAX_DISCARD_MS = 1000;

type FailureListener = (error: unknown, request: Request) => void;

/**
 * Writes a response, unless the client has gone or was answered already.
 *
 * A request whose body was not read loses its connection, so that nobody can hide a second request in it.
 *
 * @param onFailure is told when a stream fails after its first byte: the connection is then cut.
 * @see CWE-444
 */
export function sendResponse(exchange: Exchange, onFailure: FailureListener): void {
  const { response, rawResponse, connection } = exchange;
  if (rawResponse.headersSent || rawResponse.destroyed) {
    response.discardBody();
    return;
  }
  const bodyBytes = response.bodyBytes();
  const headers = response.finalHeaders(bodyBytes);
  if (response.protocolSwitch !== undefined) {
    const end = response.protocolSwitch(headers);
    if (end !== null) connection.onEnd(end);
    return;
  }
  const body = response.takeBody();
  const raw = rawResponse.req;
  const isUnread = !raw.complete && hasBody(raw);
  const endsWithConnection = body instanceof Readable && raw.httpVersion === "1.0" && !names(headers, "Content-Length");
  if (isUnread || endsWithConnection) connection.isClosing = true;
  if (connection.endsWith(rawResponse)) {
    connection.isClosing = true;
    if (!names(headers, "Connection")) headers.push("Connection", "close");
  }
  rawResponse.writeHead(response.statusCode, headers);
  // Node.js also closes where the client asks for it, and after an Expect that was not answered.
  if (!rawResponse.shouldKeepAlive) connection.isClosing = true;
  if (body instanceof Readable) sendSource(body, exchange, isUnread, onFailure);
  else if (isUnread) sendBeforeBodyIsRead(body, exchange);
  else endWithBody(rawResponse, body, bodyBytes);
}

function sendSource(source: Readable, exchange: Exchange, isUnread: boolean, onFailure: FailureListener): void {
  const { request, rawResponse, connection } = exchange;
  if (source instanceof EventStream) connection.onEnd(() => endEvents(source, exchange));
  sendStream(
    source,
    rawResponse,
    () => {
      if (isUnread) {
        endOnceBodyIsRead(exchange);
      } else {
        connection.isAnswered = true;
        rawResponse.end();
      }
    },
    (error) => onFailure(error, request),
  );
}

/** Whatever the source then fails with, its readers have got a whole answer. */
function endEvents(events: EventStream, exchange: Exchange): void {
  events.finish();
  exchange.giveUp();
}

/** Names and values stand in turn, and a value may be any text. */
function names(headers: readonly string[], name: string): boolean {
  return headers.some((text, index) => index % 2 === 0 && text === name);
}

/** The client gets its whole answer at once, and then some time to stop sending: a closed door would cost it the answer. */
function sendBeforeBodyIsRead(body: string | Uint8Array | null, exchange: Exchange): void {
  const { rawResponse } = exchange;
  // A head that goes alone has the encoding of its socket, on which this answer is the last.
  rawResponse.req.socket.setDefaultEncoding("latin1");
  rawResponse.flushHeaders();
  if (body !== null) rawResponse.write(typeof body === "string" ? Buffer.from(body) : body);
  endOnceBodyIsRead(exchange);
}

function endOnceBodyIsRead({ rawResponse, connection }: Exchange): void {
  connection.isAnswered = true;
  discardBody(rawResponse.req, () => rawResponse.end());
}

function discardBody(raw: IncomingMessage, done: () => void): void {
  let bytes = 0;
  const finish = (): void => {
    clearTimeout(timer);
    raw.off("data", onData).off("end", finish).off("close", finish).pause();
    done();
  };
  const onData = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes > MAX_DISCARDED_BYTES) finish();
  };
  const timer = setTimeout(finish, MAX_DISCARD_MS).unref();
  raw.on("data", onData).once("end", finish).once("close", finish).resume();
}
