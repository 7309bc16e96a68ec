import { mkdir, readdir, readFile, rename, rm, rmdir, unlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { StoredRecord } from "../session-store.ts";
import { isOutdated, isVersion, nextRecordVersion } from "./record-version.ts";

const FOLDER_MODE = 0o700;
const NEW_FILE = { flag: "wx", mode: 0o600 } as const;
const TOKEN = "now.";

/** What the systems say of a folder that cannot be renamed to one which holds something. */
const TAKEN: readonly (string | undefined)[] = ["ENOTEMPTY", "EEXIST", "EPERM"];

/** Ends each file: one whose bytes were lost with the power does not have it. */
const END = "\n";

/** A name that is being changed while the folder is listed may be missed, if the system lists it in more than one go. */
const MAX_LISTINGS = 3;

/**
 * One record, as a folder with a file for its state and an empty file, the token, whose name says which state holds:
 *
 * ```
 * 4fU1x….9dKe2….1790000000000       the value
 * now.4fU1x….9dKe2….1790000000000   the token
 * ```
 *
 * Renaming the token is the compare and set. The system does it for one of several writers, as the others no longer find the
 * token under the name that they know, and it does it whole or not at all: there is no lock that a killed process could leave.
 * A folder without a token is no record, and gets none any more: it can only be cleared away.
 */
export class RecordFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** The version of the record, live or expired, or `null`. */
  async version(): Promise<string | null> {
    for (let listings = 0; listings < MAX_LISTINGS; listings++) {
      const names = await this.#names();
      const version = tokenIn(names);
      if (version !== null || names.length === 0) return version;
    }
    return null;
  }

  /** The value that belongs to a version; `null` when there is another version now, or the file is damaged. */
  async value(version: string): Promise<string | null> {
    const text = await unlessGone(readFile(join(this.#path, version), "utf8"), "");
    return text.endsWith(END) ? text.slice(0, -END.length) : null;
  }

  /**
   * Makes the record where there is none.
   *
   * @param draft A path for the folder until it is complete.
   * @returns The version, or `null` when there was something in the way, which may be gone the next time.
   */
  async create({ value, expiresAt }: Pick<StoredRecord, "value" | "expiresAt">, draft: string): Promise<string | null> {
    const version = nextRecordVersion(null, expiresAt);
    try {
      await makeFolder(dirname(draft));
      await makeFolder(draft);
      await writeFile(join(draft, version), value + END, NEW_FILE);
      await writeFile(join(draft, TOKEN + version), "", NEW_FILE);
      if (await renamed(draft, this.#path)) return version;
    } catch (error) {
      await removeQuietly(draft);
      throw error;
    }
    await removeQuietly(draft);
    await this.clear();
    await makeFolder(dirname(this.#path));
    return null;
  }

  /** @returns The next version, or `null` when the record is not at `version` any more. */
  async replace(record: Pick<StoredRecord, "value" | "expiresAt">, version: string): Promise<string | null> {
    const next = nextRecordVersion(version, record.expiresAt);
    if (!(await this.#writeDraft(next, record.value))) return null;
    const isFirst = await renamed(this.#token(version), this.#token(next));
    await unlinkQuietly(join(this.#path, isFirst ? version : next));
    return isFirst ? next : null;
  }

  /** @returns Whether the record was at `version`, and is gone now. */
  async remove(version: string): Promise<boolean> {
    const isRemoved = await unlessGone(
      unlink(this.#token(version)).then(() => true),
      false,
    );
    if (isRemoved) await this.clear();
    return isRemoved;
  }

  /**
   * Takes away what killed processes have left, and the folder with it if it is no record.
   *
   * The names are read before the version: a file that was there, does not hold, and does not follow the state that holds
   * will never hold, as the state that it was to follow is past.
   */
  async clear(): Promise<void> {
    const files = (await this.#names()).filter(isVersion);
    const version = await this.version();
    for (const file of files.filter((name) => version === null || isOutdated(name, version))) {
      await unlinkQuietly(join(this.#path, file));
    }
    if (version === null) await rmdir(this.#path).catch(() => {});
  }

  /** @returns `false` when the record is gone. */
  async #writeDraft(version: string, value: string): Promise<boolean> {
    const path = join(this.#path, version);
    try {
      await writeFile(path, value + END, NEW_FILE);
      return true;
    } catch (error) {
      await unlinkQuietly(path);
      if (isGone(error)) return false;
      throw error;
    }
  }

  #token(version: string): string {
    return join(this.#path, TOKEN + version);
  }

  #names(): Promise<readonly string[]> {
    return unlessGone(readdir(this.#path), []);
  }
}

function tokenIn(names: readonly string[]): string | null {
  const token = names.find((name) => name.startsWith(TOKEN) && isVersion(name.slice(TOKEN.length)));
  return token?.slice(TOKEN.length) ?? null;
}

/** Makes one folder, never the one that it is in: where that is gone, the store cannot be reached. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: FOLDER_MODE });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

async function renamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (isGone(error) || isTaken(error)) return false;
    throw error;
  }
}

async function unlessGone<T>(work: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isGone(error)) return otherwise;
    throw error;
  }
}

async function removeQuietly(folder: string): Promise<void> {
  await rm(folder, { recursive: true }).catch(() => {});
}

/** What stays behind is taken away by a sweep: no reason to call a write failed that was done. */
async function unlinkQuietly(path: string): Promise<void> {
  await unlink(path).catch(() => {});
}

function isGone(error: unknown): boolean {
  return codeOf(error) === "ENOENT";
}

function isTaken(error: unknown): boolean {
  return TAKEN.includes(codeOf(error));
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
