import type { ServerResponse } from "node:http";

/** What a client takes of a single write cannot be seen, so this much has to be taken for its connection to count as alive. */
const PIECE_BYTES = 65_536;

/** Writes a body and ends the response. A large one goes out piece by piece, as fast as the client takes it. */
export function endWithBody(rawResponse: ServerResponse, body: string | Uint8Array | null): void {
  if (body === null || body.length <= PIECE_BYTES) rawResponse.end(body ?? undefined);
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
