import { createHash } from "node:crypto";
import { closeSync, lstatSync, openSync, readSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { fingerprintOf } from "./opened-file.ts";

const CHUNK_BYTES = 65_536;
const ABSENT: readonly (string | undefined)[] = ["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP", "EACCES", "EPERM"];

/** What a file holds, and the state in which it held that. */
export interface FileHash {
  readonly fingerprint: string;
  readonly sha256: Buffer;
}

/**
 * Hashes a regular file below a folder at once, for a page that is being made. A path has to be the file's real one, as for
 * `openFile`.
 *
 * @param realRoot The folder, absolute and free of links, as `realpath` gives it.
 * @param known What was found the last time: given back where the file has not changed since.
 * @returns `null` where no such file is.
 */
export function hashFile(realRoot: string, segments: readonly string[], known?: FileHash): FileHash | null {
  const path = join(realRoot, ...segments);
  try {
    const stats = lstatSync(path, { bigint: true });
    if (!stats.isFile() || realpathSync(path) !== path) return null;
    const fingerprint = fingerprintOf(stats);
    return known?.fingerprint === fingerprint ? known : { fingerprint, sha256: sha256Of(path) };
  } catch (error) {
    if (ABSENT.includes((error as NodeJS.ErrnoException).code)) return null;
    throw error;
  }
}

function sha256Of(path: string): Buffer {
  const hash = createHash("sha256");
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  const file = openSync(path, "r");
  try {
    for (;;) {
      const bytesRead = readSync(file, chunk, 0, CHUNK_BYTES, null);
      if (bytesRead === 0) return hash.digest();
      hash.update(chunk.subarray(0, bytesRead));
    }
  } finally {
    closeSync(file);
  }
}
