import { HttpError, REFUSALS, Tina4Error } from "../errors.ts";

/** Why the database said no: what each code means. Neither SQL nor a value is ever part of a message. */
const DATABASE_ERRORS = {
  unique: "A row with the same unique value exists already.",
  foreign_key: "A row that is referred to does not exist, or a row that others refer to was to be removed.",
  not_null: "A column that needs a value was given none.",
  check: "A value breaks a rule of its table.",
  statement: "The statement cannot be run as it is written.",
  transaction: "A transaction was used in a way that it does not allow.",
  closed: "The database has been closed.",
  lost: "The connection to the database broke before it had answered: whether the statement took effect is unknown.",
  failed: "The database could not run the statement.",
} as const;

export type DatabaseErrorCode = keyof typeof DATABASE_ERRORS;

/**
 * An error of the database or of the statement it was given. A client sees a plain 500 unless the program catches it.
 *
 * @example
 * ```ts
 * try {
 *   await database.insert("users", { email });
 * } catch (error) {
 *   if (error instanceof DatabaseError && error.code === "unique") return response({ error: "Email taken" }, 409);
 *   throw error;
 * }
 * ```
 */
export class DatabaseError extends Tina4Error {
  declare readonly code: DatabaseErrorCode;

  constructor(code: DatabaseErrorCode, message: string = DATABASE_ERRORS[code], options?: ErrorOptions) {
    super(code, message, options);
  }
}

/** A value that no column can hold, most often a part of a request body that nobody validated: the client's mistake, 400. */
export class DatabaseValueError extends HttpError {
  constructor(message: string, options?: ErrorOptions) {
    super(400, message, { code: "value", cause: options?.cause });
  }
}

/** Others kept the database locked for too long: 503, worth another try. */
export class DatabaseBusyError extends HttpError {
  constructor(cause?: unknown) {
    const [status, message] = REFUSALS.BUSY;
    super(status, message, { code: "busy", cause, headers: { "Retry-After": "1" } });
  }
}

/** Another transaction changed the same rows first, so this one was undone: running it again may succeed. */
export class DatabaseConflictError extends DatabaseBusyError {}

/** The database server does not answer, or does not let the application in: 503. The cause says which server, and why. */
export class DatabaseUnreachableError extends HttpError {
  /** @param server Its kind, host and port, never a password. */
  constructor(server: string, cause: unknown) {
    const [status, message] = REFUSALS.STORE_UNAVAILABLE;
    const reason = new Error(`${server} cannot be reached: ${reasonOf(cause)}`, { cause });
    super(status, message, { code: "unreachable", cause: reason, headers: { "Retry-After": "1" } });
  }
}

/** Of a name with several addresses, Node.js tries all and says nothing by itself. */
function reasonOf(cause: unknown): string {
  const { message, code } = Object(cause) as { message?: unknown; code?: unknown };
  return String(message || code || "no answer");
}
