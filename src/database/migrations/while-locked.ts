import type { Database } from "../database.ts";
import { DatabaseBusyError } from "../database-error.ts";
import { MigrationError, reasonOf } from "./migration-error.ts";

/** Another process that has nothing to do is gone before anybody need be told. */
const QUIET_MILLISECONDS = 1_000;

/**
 * Does work while nobody else migrates this database.
 *
 * @param onWaiting Called once when it takes longer to get the lock.
 * @throws {MigrationError} when another process does not end in time, saying what is waited for.
 */
export async function whileLocked<T>(
  database: Database,
  waitMilliseconds: number,
  onWaiting: () => void,
  work: () => Promise<T>,
): Promise<T> {
  const unlock = await lock(database, waitMilliseconds, onWaiting);
  try {
    return await work();
  } finally {
    // A lock whose connection is gone is free.
    await unlock().catch(() => {});
  }
}

async function lock(database: Database, waitMilliseconds: number, onWaiting: () => void): Promise<() => Promise<void>> {
  const quietly = Math.min(QUIET_MILLISECONDS, waitMilliseconds);
  const unlock = await database.lockMigrations(quietly).catch(unlessBusy);
  if (unlock !== undefined) return unlock;
  onWaiting();
  try {
    return await database.lockMigrations(waitMilliseconds - quietly);
  } catch (error) {
    if (!(error instanceof DatabaseBusyError)) throw error;
    const who = `Another process migrates this database, and has not ended for ${waitMilliseconds / 1_000} seconds`;
    throw new MigrationError(`${who}: ${reasonOf(error)}. Run it again when that one has ended.`, { cause: error });
  }
}

function unlessBusy(error: unknown): undefined {
  if (!(error instanceof DatabaseBusyError)) throw error;
}
