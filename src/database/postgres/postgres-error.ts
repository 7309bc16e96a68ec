import type { Tina4Error } from "../../errors.ts";
import {
  DatabaseBusyError,
  DatabaseConflictError,
  DatabaseError,
  type DatabaseErrorCode,
  DatabaseValueError,
} from "../database-error.ts";

const CODES: ReadonlyMap<string, DatabaseErrorCode> = new Map([
  ["23001", "foreign_key"],
  ["23503", "foreign_key"],
  ["23502", "not_null"],
  ["23505", "unique"],
  ["23514", "check"],
  ["23P01", "check"], // an EXCLUDE rule
  ["25P02", "transaction"], // an earlier statement has failed
]);

/** A text too long, a number too large, a date beyond the calendar, or a text that is none of these. */
const VALUE: ReadonlySet<string> = new Set(["22001", "22003", "22007", "22008", "22P02", "22P05", "54000"]);
/** A lock, or a place for one more connection, did not come in time. */
const BUSY: ReadonlySet<string> = new Set(["55P03", "53300"]);
/** Two transactions could not both go on, for one changed what the other had read, or each waited for the other. */
const CONFLICT: ReadonlySet<string> = new Set(["40001", "40P01"]);

/** After these the server closes the connection: it was shut down, or somebody ended this session. */
const FATAL = /^(?:08|57P0[1-5]|25P0[34])/;
const STOPPED_BY_TIMEOUT = "57014";

/**
 * Says in the words of the driver port what the package `pg` threw.
 *
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function postgresError(thrown: unknown): Tina4Error {
  const code = sqlState(thrown);
  const options = { cause: thrown };
  if (isConnectionLost(thrown)) {
    return new DatabaseError("lost", undefined, options);
  }
  if (code !== undefined && VALUE.has(code)) {
    return new DatabaseValueError("A value does not fit the column that it is meant for.", { cause: thrown });
  }
  if (code !== undefined && BUSY.has(code)) {
    return new DatabaseBusyError(thrown);
  }
  if (code !== undefined && CONFLICT.has(code)) {
    return new DatabaseConflictError(thrown);
  }
  if (code === STOPPED_BY_TIMEOUT) {
    return new DatabaseError("failed", "The statement took too long and was stopped.", options);
  }
  return new DatabaseError(CODES.get(code ?? "") ?? "failed", undefined, options);
}

/** What the server did not say itself comes from a connection that no longer leads to it. */
export function isConnectionLost(thrown: unknown): boolean {
  const code = sqlState(thrown);
  return code === undefined || FATAL.test(code);
}

function sqlState(thrown: unknown): string | undefined {
  const { code, severity } = Object(thrown) as { code?: unknown; severity?: unknown };
  return typeof code === "string" && typeof severity === "string" ? code : undefined;
}
