import type { ServerResponse } from "node:http";
import { finished, type Readable } from "node:stream";
import { chunkFault } from "../http/chunk-fault.ts";

/**
 * Writes a stream as the body of a response whose head is written, no faster than the client reads.
 *
 * A client that leaves has the source destroyed. A source that fails has the connection cut: a body that ends early must never
 * look whole. Only HTTP/1.0, which knows no other end than that of the connection, cannot tell the two.
 *
 * @param end ends the response, once all is written.
 * @param onFailure is told what the source failed with.
 */
export function sendStream(
  source: Readable,
  rawResponse: ServerResponse,
  end: () => void,
  onFailure: (error: unknown) => void,
): void {
  const { socket } = rawResponse.req;
  const leave = (): void => {
    source.destroy();
  };
  const goOn = (): void => {
    source.resume();
  };
  socket.once("close", leave);
  rawResponse.on("drain", goOn);
  // After an upgrade or a CONNECT that was turned away Node.js does not pass it on to the response any more.
  socket.on("drain", goOn);
  finished(source, { writable: false }, (error) => {
    socket.off("close", leave).off("drain", goOn);
    if (socket.destroyed) return;
    if (error === undefined || error === null) {
      end();
      return;
    }
    onFailure(error);
    rawResponse.destroy();
  });
  source.on("data", (chunk: unknown) => {
    const fault = chunkFault(chunk);
    if (fault !== undefined) source.destroy(fault);
    // Bytes, since a head that goes with a text goes in the encoding of that.
    else if (!rawResponse.write(typeof chunk === "string" ? Buffer.from(chunk) : chunk)) source.pause();
  });
  if (socket.destroyed) leave();
  else source.resume();
}
