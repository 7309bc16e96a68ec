import type { IncomingMessage } from "node:http";

/** After this time a body has to have come at the least rate, on the average. */
const GRACE_SECONDS = 5;
const LEAST_BYTES_PER_SECOND = 240;
/** So long may a client rest that has sent faster; otherwise a large part of a body, sent at once, would pay for hours of rest. */
const LONGEST_REST_SECONDS = 60;
const MAX_BYTES_IN_ADVANCE = LONGEST_REST_SECONDS * LEAST_BYTES_PER_SECOND;

/** Watches, second by second, how the body of one request comes in. */
export class BodyWatch {
  readonly #raw: IncomingMessage;
  #bytesSeen: number;
  #bytesInAdvance = 0;
  #seconds = 0;

  constructor(raw: IncomingMessage) {
    this.#raw = raw;
    this.#bytesSeen = raw.socket.bytesRead;
  }

  /**
   * Looks once a second.
   *
   * @returns `"stalled"` when the client sends drop by drop, to hold memory and a connection for as long as it likes; `"fair"` when it
   *   does not, also while a disk that is slower than the client makes the body pause; `null` when no body is being read, or nothing
   *   of it could be taken for this second.
   */
  pace(): "fair" | "stalled" | null {
    const raw = this.#raw;
    if (raw.complete || raw.listenerCount("data") === 0) return null;
    const { bytesRead } = raw.socket;
    const moved = bytesRead - this.#bytesSeen;
    if (!(moved > 0) && raw.isPaused()) return null; // a connection without a port counts no bytes
    this.#bytesSeen = bytesRead;
    this.#seconds += 1;
    this.#bytesInAdvance = Math.min(this.#bytesInAdvance + moved, MAX_BYTES_IN_ADVANCE) - LEAST_BYTES_PER_SECOND;
    return this.#bytesInAdvance < 0 && this.#seconds > GRACE_SECONDS ? "stalled" : "fair";
  }
}
