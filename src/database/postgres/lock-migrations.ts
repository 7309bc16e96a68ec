import { DatabaseBusyError } from "../database-error.ts";
import type { PostgresConnection } from "./postgres-connection.ts";

/** The letters "tina4" as a number: the lock counts within one database, among programs that know it. */
const LOCK = 0x74696e6134;

/** The server keeps the two halves of that number in two columns. */
const HOLDER = `SELECT pid, coalesce(host(client_addr), 'the server itself') FROM pg_locks JOIN pg_stat_activity USING (pid)
  WHERE locktype = 'advisory' AND granted AND classid = ${Math.floor(LOCK / 2 ** 32)} AND objid = ${LOCK % 2 ** 32} AND objsubid = 1 AND database = datid`;

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
    const holder = error instanceof DatabaseBusyError ? await holderOf(connection).catch(() => undefined) : undefined;
    await connection.close();
    throw holder === undefined ? error : new DatabaseBusyError(new Error(holder, { cause: error }));
  }
  return () => connection.close();
}

async function holderOf(connection: PostgresConnection): Promise<string | undefined> {
  const { rows } = await connection.query(HOLDER);
  const [holder] = rows;
  return holder && `a connection from ${holder[1]} holds the lock, with the process ${holder[0]} of the server`;
}
