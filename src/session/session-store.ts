/**
 * How often a write is tried anew because another one was faster. Each time one of them succeeds, so that as many writers of
 * one record are all done.
 */
export const MAX_WRITE_ATTEMPTS = 100;

/** What says that something was used or ended is kept so much longer than that lives, because the clocks of two servers differ. */
export const KEPT_LONGER_MS = 120_000;

/** What a store keeps under a key. */
export interface StoredRecord {
  /** JSON text; the store does not read it. */
  readonly value: string;
  /** Milliseconds since 1970. From then on the record is as good as gone, whether or not it was swept. */
  readonly expiresAt: number;
  /** Names this state of the record. Every write gives it another. */
  readonly version: string;
}

/**
 * Where sessions are kept, and all else that has to outlive a request: spent form tokens, refresh tokens, revocations.
 *
 * A write succeeds only on the state that its writer has read. From this one rule follows that parallel requests lose nothing of
 * each other, that a thing can be used once and no more, and that what was removed does not come back.
 *
 * Keys are a word, a colon and a digest: `session:mB3…`. They hold no secret. A store in this process may answer at once, others
 * later. Each verb throws, or rejects, when the store cannot be reached; it never answers as if a record were not there.
 * What became of a write that failed so is unknown.
 */
export interface SessionStore {
  /** The live record of a key, or `null`. */
  read(key: string): StoredRecord | null | Promise<StoredRecord | null>;
  /**
   * Writes a record if its key is still at `version`.
   *
   * @param version What `read` or the last `write` said; `null`: only if there is no live record.
   * @returns The new version, or `null`: somebody else was faster, and nothing was written.
   */
  write(
    key: string,
    record: Pick<StoredRecord, "value" | "expiresAt">,
    version: string | null,
  ): string | null | Promise<string | null>;
  /** Removes a record, at whatever version. A write that began before with a version of it does not bring it back. */
  remove(key: string): void | Promise<void>;
  /**
   * Removes up to `limit` expired records, where the store does not do so by itself.
   *
   * @param onRemoved Called for each of them.
   * @returns Whether there may be more.
   */
  sweep(limit: number, onRemoved?: () => void): boolean | Promise<boolean>;
  close(): void | Promise<void>;
}
