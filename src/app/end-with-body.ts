import type { ServerResponse } from "node:http";

/** What a client takes of a single write cannot be seen, so this much has to be taken for its connection to count as alive. */
const PIECE_BYTES = 65_536;

/**
 * Writes a body and ends the response. A large one goes out piece by piece, as fast as the client takes it.
 *
 * Headers are in Latin-1 whatever the body is. Node.js puts a text behind them and writes both as one, in the encoding of the
 * text: so a text goes out as it is only where that makes no difference, and as bytes otherwise.
 *
 * @param bodyBytes How long the body is, as the response counts it; a text is as long in bytes as in characters only if it is ASCII.
 */
export function endWithBody(
  rawResponse: ServerResponse,
  body: string | Uint8Array | null,
  bodyBytes: number | null | undefined,
): void {
  if (body === null) rawResponse.end();
  else if (body.length <= PIECE_BYTES && body.length === bodyBytes) rawResponse.end(body, "latin1");
  else writePieces(rawResponse, bytesOf(body));
}

function writePieces(rawResponse: ServerResponse, rest: Buffer): void {
  if (rest.length <= PIECE_BYTES) {
    rawResponse.end(rest);
    return;
  }
  rawResponse.write(rest.subarray(0, PIECE_BYTES), (error) => {
    if (!error) writePieces(rawResponse, rest.subarray(PIECE_BYTES));
  });
}

/** The same memory where it is bytes already. */
function bytesOf(body: string | Uint8Array): Buffer {
  return typeof body === "string" ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}
