import type { SessionStore, StoredRecord } from "../session-store.ts";
import { checkKey, checkRecord } from "./check-record.ts";

export interface MemoryStoreOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Keeps records in this process: gone when it ends, unknown to all others. Answers at once. */
export class MemoryStore implements SessionStore {
  readonly #records = new Map<string, StoredRecord>();
  readonly #now: () => number;
  #walk: MapIterator<[string, StoredRecord]>;
  #writes = 0;

  constructor({ now }: MemoryStoreOptions) {
    this.#now = now;
    this.#walk = this.#records.entries();
  }

  read(key: string): StoredRecord | null {
    checkKey(key);
    const record = this.#records.get(key);
    if (record === undefined) return null;
    if (record.expiresAt > this.#now()) return record;
    this.#records.delete(key);
    return null;
  }

  write(key: string, record: Pick<StoredRecord, "value" | "expiresAt">, version: string | null): string | null {
    checkRecord(record);
    const held = this.read(key);
    if ((held?.version ?? null) !== version) return null;
    this.#writes++;
    const next = String(this.#writes);
    this.#records.set(key, { value: record.value, expiresAt: record.expiresAt, version: next });
    return next;
  }

  remove(key: string): void {
    checkKey(key);
    this.#records.delete(key);
  }

  /** Looks at `limit` records, and goes on from there the next time. */
  sweep(limit: number, onRemoved?: () => void): boolean {
    const now = this.#now();
    for (let looked = 0; looked < limit; looked++) {
      const { done, value } = this.#walk.next();
      if (done) {
        this.#walk = this.#records.entries();
        return false;
      }
      const [key, { expiresAt }] = value;
      if (expiresAt <= now && this.#records.delete(key)) onRemoved?.();
    }
    return true;
  }

  close(): void {
    this.#records.clear();
  }
}
