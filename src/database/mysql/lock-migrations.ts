import { sha256 } from "../../crypto/sha256.ts";
import { DatabaseBusyError, DatabaseError } from "../database-error.ts";
import type { MysqlConnection } from "./mysql-connection.ts";

/** A name counts on the whole server and has 64 characters at most, so it says by a digest which database is meant. */
const LOCK = "SELECT GET_LOCK(?, ?) AS locked";
const HOLDER = "SELECT IS_USED_LOCK(?) AS id";
const DIGEST_LENGTH = 40;
const GRACE_MS = 5_000;
/** The server must not take a connection for forgotten on which nothing happens while a large table is changed. */
const KEEP_OPEN = "SET wait_timeout = 604800";

/**
 * Waits until nobody else holds the migration lock, and holds it on a connection of its own: it is free again when that ends,
 * however it ends.
 *
 * @returns What frees it.
 * @throws {DatabaseBusyError} when others hold it for longer.
 */
export async function lockMigrations(
  connection: MysqlConnection,
  database: string,
  waitMilliseconds: number,
): Promise<() => Promise<void>> {
  const name = `tina4-migrations-${sha256(database, "hex").slice(0, DIGEST_LENGTH)}`;
  const seconds = Math.ceil(waitMilliseconds / 1_000);
  try {
    await connection.control(KEEP_OPEN);
    const { rows } = await connection.query(LOCK, [name, seconds], waitMilliseconds + GRACE_MS);
    if (rows[0]?.[0] !== 1) {
      throw rows[0]?.[0] === 0 ? await busyError(connection, name) : new DatabaseError("failed");
    }
  } catch (error) {
    await connection.close();
    throw error;
  }
  return () => connection.close();
}

async function busyError(connection: MysqlConnection, name: string): Promise<DatabaseBusyError> {
  const { rows } = await connection.query(HOLDER, [name]);
  return new DatabaseBusyError(new Error(`the connection ${rows[0]?.[0]} of the server holds the lock`));
}
