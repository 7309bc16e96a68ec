import type { Tina4Error } from "../../errors.ts";
import {
  DatabaseBusyError,
  DatabaseConflictError,
  DatabaseError,
  type DatabaseErrorCode,
  DatabaseValueError,
} from "../database-error.ts";

const CODES: ReadonlyMap<number, DatabaseErrorCode> = new Map([
  [1022, "unique"],
  [1062, "unique"],
  [1169, "unique"],
  [1586, "unique"],
  [1216, "foreign_key"],
  [1217, "foreign_key"],
  [1451, "foreign_key"],
  [1452, "foreign_key"],
  [1048, "not_null"],
  [1364, "not_null"], // no value, and no default
  [3819, "check"], // of MySQL
  [4025, "check"], // of MariaDB
]);

/** A text too long, a number too large, also as the result of a calculation, or a text that is no number or date. */
const VALUE: ReadonlySet<number> = new Set([1264, 1265, 1292, 1366, 1367, 1406, 1411, 1690, 3140, 4038]);
/** A value larger than the server lets in: it closes the connection at once. */
const PACKET_TOO_LARGE = 1153;
/** A lock did not come in time, or there is no room for one more connection or prepared statement. */
const BUSY: ReadonlySet<number> = new Set([1040, 1203, 1205, 1206, 1226, 1461, 3572]);
/** Two transactions could not both go on, for each waited for the other, or one changed what the other had read. */
const CONFLICT: ReadonlySet<number> = new Set([1020, 1213, 1412]);
/** Somebody, or a limit of the server, stopped the statement: of any server, of MariaDB, of MySQL. */
const STOPPED: ReadonlySet<number> = new Set([1317, 1969, 3024]);
/** After these the server closes the connection: it is shut down, or somebody ended this session. */
const FATAL: ReadonlySet<number> = new Set([1053, 1077, 1079, 1080, 1152, PACKET_TOO_LARGE, 1184, 1927, 3169, 4031]);

/**
 * Says in the words of the driver port what the package `mysql2` threw.
 *
 * @see https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html
 * @see https://mariadb.com/kb/en/mariadb-error-code-reference/
 */
export function mysqlError(thrown: unknown): Tina4Error {
  const number = serverErrorOf(thrown) ?? 0;
  const options = { cause: thrown };
  if (VALUE.has(number) || number === PACKET_TOO_LARGE) {
    return new DatabaseValueError("A value does not fit the column that it is meant for.", options);
  }
  if (isConnectionLost(thrown)) {
    return new DatabaseError("lost", undefined, options);
  }
  if (BUSY.has(number)) {
    return new DatabaseBusyError(thrown);
  }
  if (CONFLICT.has(number)) {
    return new DatabaseConflictError(thrown);
  }
  if (STOPPED.has(number)) {
    return new DatabaseError("failed", "The statement took too long and was stopped.", options);
  }
  return new DatabaseError(CODES.get(number) ?? "failed", undefined, options);
}

/** What the server did not say itself comes from a connection that no longer leads to it. */
export function isConnectionLost(thrown: unknown): boolean {
  const number = serverErrorOf(thrown);
  return number === undefined || FATAL.has(number);
}

function serverErrorOf(thrown: unknown): number | undefined {
  const { errno, sqlState } = Object(thrown) as { errno?: unknown; sqlState?: unknown };
  return typeof errno === "number" && typeof sqlState === "string" ? errno : undefined;
}
