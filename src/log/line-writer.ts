import { writeSync } from "node:fs";

const NOTHING = new Uint8Array();
const PAUSE_MS = 10;
/** For a reader that does not keep up: after five seconds lines are lost, and nobody waits until one was read. */
const MAX_PAUSES = 500;

/**
 * Writes lines to a file descriptor, each at once: an exit loses none.
 *
 * What cannot be written is lost and counted, since a disk that is full must not end the process, which any client could bring
 * about. A line that was cut is completed before the next one begins, so that a reader finds whole lines only.
 *
 * @see CWE-248, CWE-778
 */
export class LineWriter {
  readonly #descriptor: number;
  readonly #onRoom: (lostLines: number) => void;
  #rest: Uint8Array = NOTHING;
  #lost = 0;

  /** @param onRoom is told how many lines were lost, as soon as one could be written again. */
  constructor(descriptor: number, onRoom: (lostLines: number) => void) {
    this.#descriptor = descriptor;
    this.#onRoom = onRoom;
  }

  /** @param line with its line end. */
  write(line: string): void {
    this.#rest = this.#put(this.#rest);
    const bytes = Buffer.from(line);
    const rest = this.#rest.length === 0 ? this.#put(bytes) : bytes;
    if (rest.length === bytes.length) {
      this.#lost += 1;
      return;
    }
    this.#rest = rest;
    if (rest.length > 0 || this.#lost === 0) return;
    const lost = this.#lost;
    this.#lost = 0;
    this.#onRoom(lost);
  }

  /** @returns What could not be written. */
  #put(bytes: Uint8Array): Uint8Array {
    let rest = bytes;
    for (let pausesLeft = this.#lost > 0 ? 0 : MAX_PAUSES; rest.length > 0; ) {
      try {
        rest = rest.subarray(writeSync(this.#descriptor, rest));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EAGAIN" || pausesLeft === 0) return rest;
        pausesLeft -= 1;
        pause();
      }
    }
    return rest;
  }
}

/** Other programs can have made the descriptor one that does not wait by itself. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)), 0, 0, PAUSE_MS);
}
