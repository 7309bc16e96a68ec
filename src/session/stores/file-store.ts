import { access, opendir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { randomId } from "../../crypto/random-id.ts";
import { sha256 } from "../../crypto/sha256.ts";
import type { SessionStore, StoredRecord } from "../session-store.ts";
import { checkKey, checkRecord } from "./check-record.ts";
import { openPrivateFolder } from "./private-folder.ts";
import { RecordFolder } from "./record-folder.ts";
import { expiryOf, isVersion } from "./record-version.ts";

const DRAFTS = "drafts";
const SHARD = /^[0-9a-f]{2}$/;
const RECORD = /^[0-9a-f]{64}$/;
const ID_BYTES = 12;

/** How old the draft of a new record is when nobody can be at work on it any more. */
const ABANDONED_AFTER_MS = 3_600_000;

/** How often others may be faster before it is a fault. */
const MAX_TRIES = 100;

export interface FileStoreOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Opens a folder that keeps records. Any number of processes of one machine can share it.
 *
 * @param path Is made for its owner only when it is not there.
 * @throws {Tina4Error} `SESSION_STORE_UNUSABLE` when it cannot be made or others can get into it.
 */
export async function openFileStore(path: string, options: FileStoreOptions): Promise<FileStore> {
  const root = await openPrivateFolder(path);
  await openPrivateFolder(join(root, DRAFTS));
  return new FileStore(root, options);
}

/**
 * Keeps each record in a folder of its own (`RecordFolder`), named by the hash of its key, among 256 folders.
 *
 * A process that is killed at any instant leaves no half record and no lock, at most a file that a later sweep takes away.
 * After a loss of power a record that was just written may be gone.
 */
export class FileStore implements SessionStore {
  readonly #root: string;
  readonly #now: () => number;
  #walk: AsyncGenerator<() => Promise<boolean>> | undefined;

  /** @param root A folder that `openPrivateFolder` has answered. */
  constructor(root: string, { now }: FileStoreOptions) {
    this.#root = root;
    this.#now = now;
  }

  async read(key: string): Promise<StoredRecord | null> {
    const folder = this.#folderOf(key);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const version = await this.#liveVersion(folder);
      if (version === null) return null;
      const value = await folder.value(version);
      if (value !== null) return { value, expiresAt: expiryOf(version), version };
      // A file goes after the token has moved on, and then nothing is removed. If it has not moved, the file was damaged.
      await folder.remove(version);
    }
    throw new Error("A record changed too often to be read.");
  }

  async write(
    key: string,
    record: Pick<StoredRecord, "value" | "expiresAt">,
    version: string | null,
  ): Promise<string | null> {
    checkRecord(record);
    const folder = this.#folderOf(key);
    if (version !== null) return this.#replace(folder, record, version);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      if ((await this.#liveVersion(folder)) !== null) return null;
      const made = await folder.create(record, join(this.#root, DRAFTS, randomId(ID_BYTES)));
      if (made !== null) return made;
    }
    throw new Error("A record changed too often to be made.");
  }

  async remove(key: string): Promise<void> {
    const folder = this.#folderOf(key);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const version = await this.#versionOf(folder);
      if (version === null || (await folder.remove(version))) return;
    }
    throw new Error("A record changed too often to be removed.");
  }

  /** Looks at `limit` records, and goes on from there the next time. */
  async sweep(limit: number, onRemoved?: () => void): Promise<boolean> {
    this.#walk ??= this.#chores();
    for (let looked = 0; looked < limit; looked++) {
      const { done, value: chore } = await this.#walk.next();
      if (done) {
        this.#walk = undefined;
        return false;
      }
      if (await chore()) onRemoved?.();
    }
    return true;
  }

  async close(): Promise<void> {
    await this.#walk?.return(undefined);
    this.#walk = undefined;
  }

  #folderOf(key: string): RecordFolder {
    checkKey(key);
    const name = sha256(key, "hex");
    return new RecordFolder(join(this.#root, name.slice(0, 2), name));
  }

  async #liveVersion(folder: RecordFolder): Promise<string | null> {
    const version = await this.#versionOf(folder);
    if (version === null || this.#isLive(version)) return version;
    await folder.remove(version);
    return null;
  }

  async #replace(
    folder: RecordFolder,
    record: Pick<StoredRecord, "value" | "expiresAt">,
    version: string,
  ): Promise<string | null> {
    if (!isVersion(version) || !this.#isLive(version)) return null;
    const next = await folder.replace(record, version);
    if (next === null) await access(this.#root);
    return next;
  }

  /** Where the whole store is gone, that is not an answer but an error. */
  async #versionOf(folder: RecordFolder): Promise<string | null> {
    const version = await folder.version();
    if (version === null) await access(this.#root);
    return version;
  }

  #isLive(version: string): boolean {
    return expiryOf(version) > this.#now();
  }

  /** What there is to be looked at, read from the folders only as far as it is asked for. Each tells whether a record went. */
  async *#chores(): AsyncGenerator<() => Promise<boolean>> {
    for await (const { name: shard } of await opendir(this.#root)) {
      if (shard !== DRAFTS && !SHARD.test(shard)) continue;
      for await (const { name } of await opendir(join(this.#root, shard))) {
        const path = join(this.#root, shard, name);
        if (shard === DRAFTS) yield () => this.#sweepDraft(path);
        else if (RECORD.test(name)) yield () => this.#sweepRecord(new RecordFolder(path));
      }
    }
  }

  async #sweepRecord(folder: RecordFolder): Promise<boolean> {
    const version = await this.#versionOf(folder);
    const isRemoved = version !== null && !this.#isLive(version) && (await folder.remove(version));
    await folder.clear();
    return isRemoved;
  }

  /** Takes an abandoned draft out of reach of its writer first: one that was only very slow then fails as a whole. */
  async #sweepDraft(path: string): Promise<boolean> {
    const draft = await stat(path).catch(() => undefined);
    if (draft === undefined || draft.mtimeMs + ABANDONED_AFTER_MS > this.#now()) return false;
    const removed = join(this.#root, DRAFTS, randomId(ID_BYTES));
    await rename(path, removed).catch(() => {});
    await rm(removed, { recursive: true, force: true });
    return false;
  }
}
