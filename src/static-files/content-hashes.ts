import { type FileHash, hashFile } from "../files/hash-file.ts";
import type { OpenedFile } from "../files/opened-file.ts";

const HASH_CHARACTERS = 12;

/**
 * What files hold, in twelve characters: whoever has a file under such a name has it for ever. Each state of a file is read once,
 * however often it is asked for.
 */
export class ContentHashes {
  /** By the path of the file. There are never more than there are files. */
  readonly #known = new Map<string, FileHash>();
  readonly #reading = new Map<string, Promise<FileHash>>();

  /**
   * Reads the file at once if need be.
   *
   * @param realRoot The folder, as `realpath` gives it.
   * @returns `undefined` where no such file is.
   */
  ofPath(realRoot: string, names: readonly string[]): string | undefined {
    const key = keyOf(realRoot, names);
    const found = hashFile(realRoot, names, this.#known.get(key));
    if (found === null) return undefined;
    this.#known.set(key, found);
    return shorten(found);
  }

  /** Reads the file, which a stranger may have asked for, piece by piece and once for all who wait. */
  async ofFile(realRoot: string, names: readonly string[], file: OpenedFile): Promise<string> {
    const key = keyOf(realRoot, names);
    const known = this.#known.get(key);
    if (known?.fingerprint === file.fingerprint) return shorten(known);
    const found = await (this.#reading.get(key) ?? this.#read(key, file));
    return found.fingerprint === file.fingerprint ? shorten(found) : "";
  }

  #read(key: string, file: OpenedFile): Promise<FileHash> {
    const reading = file
      .sha256()
      .then((sha256) => {
        const found = { fingerprint: file.fingerprint, sha256 };
        this.#known.set(key, found);
        return found;
      })
      .finally(() => this.#reading.delete(key));
    this.#reading.set(key, reading);
    return reading;
  }
}

function keyOf(realRoot: string, names: readonly string[]): string {
  return [realRoot, ...names].join("/");
}

function shorten({ sha256 }: FileHash): string {
  return sha256.toString("hex", 0, HASH_CHARACTERS / 2);
}
