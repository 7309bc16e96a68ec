import type { PostgresConnection } from "./postgres-connection.ts";

/** The letters "tina4" as a number: the lock counts within one database, among programs that know it. */
const LOCK = 0x74696e6134;

/**
 * Waits until nobody else holds the migration lock, and holds it on a connection of its own: it is free again when that ends,
 * however it ends.
 *
 * @returns What frees it.
 * @throws {DatabaseBusyError} when others hold it for longer.
 */
export async function lockMigrations(
  connection: PostgresConnection,
  waitMilliseconds: number,
): Promise<() => Promise<void>> {
  try {
    await connection.control(`SET statement_timeout = 0; SET lock_timeout = ${Math.max(waitMilliseconds, 1)}`);
    await connection.query("SELECT pg_advisory_lock($1::bigint)", [LOCK], waitMilliseconds);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return () => connection.close();
}
