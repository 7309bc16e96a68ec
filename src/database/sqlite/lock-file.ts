import { DatabaseBusyError } from "../database-error.ts";
import { retryWhileBusy } from "./retry-while-busy.ts";
import type { SqliteEngine } from "./sqlite-engine.ts";
import { createPrivateFile } from "./sqlite-file.ts";
import { SqliteSession } from "./sqlite-session.ts";

/**
 * Locks a file beside the database, for longer than a transaction of the database lasts. SQLite itself does it, so the operating
 * system frees the lock when the process ends, however it ends. The empty file stays: without it, two could lock two files of one name.
 *
 * @param path An absolute path.
 * @returns What unlocks it.
 * @throws {DatabaseBusyError} when another process holds it for longer; its cause names the file.
 */
export async function lockFile(path: string, engine: SqliteEngine, waitMilliseconds: number): Promise<() => void> {
  createPrivateFile(path);
  const session = new SqliteSession(engine.open(path));
  try {
    session.query("PRAGMA busy_timeout = 0");
    await retryWhileBusy(() => session.query("BEGIN EXCLUSIVE"), waitMilliseconds);
  } catch (error) {
    session.close();
    throw error instanceof DatabaseBusyError ? new DatabaseBusyError(new Error(`a process has locked ${path}`)) : error;
  }
  return () => {
    session.query("ROLLBACK"); // a library may close the file later
    session.close();
  };
}
