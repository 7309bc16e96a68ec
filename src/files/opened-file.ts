import { createHash } from "node:crypto";
import type { BigIntStats } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";

const CHUNK_BYTES = 65_536;
const MS_PER_SECOND = 1000;

/** Differs between two states of one file: its size and its time of change, to the nanosecond. */
export function fingerprintOf({ size, mtimeNs }: BigIntStats): string {
  return `${size.toString(16)}-${mtimeNs.toString(16)}`;
}

/**
 * A regular file that is open for reading. What is said and what is read of it belong to one file, whatever its path leads to by
 * then.
 *
 * It is closed with the stream that was made of it, or by `close`.
 */
export class OpenedFile {
  readonly size: number;
  /** When it was changed last, in whole seconds as HTTP knows them. */
  readonly modified: Date;
  /** Differs between two states of one file. */
  readonly fingerprint: string;
  readonly #handle: FileHandle;
  #isOwned = true;

  constructor(handle: FileHandle, stats: BigIntStats) {
    this.#handle = handle;
    this.size = Number(stats.size);
    this.modified = new Date(Math.floor(Number(stats.mtimeMs) / MS_PER_SECOND) * MS_PER_SECOND);
    this.fingerprint = fingerprintOf(stats);
  }

  /**
   * Hands the file over to a stream of some of its bytes.
   *
   * @param start of the first byte, from 0.
   * @param length in bytes. The stream gives exactly as many, or it fails.
   */
  stream(start = 0, length: number = this.size): Readable {
    this.#isOwned = false;
    const handle = this.#handle;
    const end = start + length;
    let position = start;
    return new Readable({
      highWaterMark: CHUNK_BYTES,
      read(): void {
        if (position === end) {
          this.push(null);
          return;
        }
        const bytes = Math.min(CHUNK_BYTES, end - position);
        handle.read(Buffer.allocUnsafe(bytes), 0, bytes, position).then(
          ({ bytesRead, buffer }) => {
            if (bytesRead === 0) this.destroy(new Error("A file became shorter while it was sent."));
            position += bytesRead;
            this.push(buffer.subarray(0, bytesRead));
          },
          (error: Error) => this.destroy(error),
        );
      },
      destroy(error, done): void {
        handle.close().then(() => done(error), done);
      },
    });
  }

  /** The SHA-256 of what it holds. It can still be sent then. */
  async sha256(): Promise<Buffer> {
    const hash = createHash("sha256");
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let position = 0;
    for (;;) {
      const { bytesRead } = await this.#handle.read(chunk, 0, CHUNK_BYTES, position);
      if (bytesRead === 0) return hash.digest();
      hash.update(chunk.subarray(0, bytesRead));
      position += bytesRead;
    }
  }

  /** Closes the file, unless a stream has taken it over. */
  async close(): Promise<void> {
    if (!this.#isOwned) return;
    this.#isOwned = false;
    await this.#handle.close();
  }
}
