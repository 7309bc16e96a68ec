import { Tina4Error } from "../../errors.ts";

/** What a program knows of a key that it keeps: these members, and whatever else it likes. */
export interface ApiKeyRecord {
  /** Only `true` lets in: a column that holds 1 is compared with 1 where the row is read. */
  readonly isActive: boolean;
  /** From this moment on the key is dead. Without one it never expires. */
  readonly expiresAt?: Date | null | undefined;
  /** Requests in any minute: a whole number from 1 on. Without one the limit of `requireApiKey` counts, if it has one. */
  readonly rateLimit?: number | null | undefined;
}

/**
 * Says what a record comes to at this moment.
 *
 * @param now Milliseconds since 1970.
 * @throws {Tina4Error} OPTION_INVALID when a member cannot be read: a record in doubt opens nothing.
 */
export function apiKeyStanding(record: ApiKeyRecord, now: number): "good" | "deactivated" | "expired" {
  const { isActive, expiresAt = null } = record;
  if (typeof isActive !== "boolean") {
    throw new Tina4Error("OPTION_INVALID", "The record of an API key must say isActive: true or false.");
  }
  if (!isActive) return "deactivated";
  if (expiresAt === null) return "good";
  const end = expiresAt instanceof Date ? expiresAt.getTime() : Number.NaN;
  if (Number.isNaN(end)) {
    throw new Tina4Error("OPTION_INVALID", "expiresAt in the record of an API key must be a Date, null or absent.");
  }
  return now < end ? "good" : "expired";
}
