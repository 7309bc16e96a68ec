import type { DatabaseValue } from "./database-value.ts";
import type { Dialect } from "./sql/dialect.ts";
import type { Statement } from "./sql/statement.ts";

/** A row by its column names, without a prototype. Of two columns with one name the last counts. */
export type Row = Record<string, DatabaseValue>;

export interface StatementResult {
  readonly rows: readonly Row[];
  /** The id of the last row inserted; `null` when none was, or when the database does not tell. */
  readonly lastId: number | bigint | null;
  /** Rows inserted, changed or deleted by the statement itself, not by triggers and cascades. */
  readonly affectedRows: number;
}

/** Whether a caller looks at all rows or at the first only, so that a driver need not read on. */
export type RowsWanted = "all" | "first";

/**
 * The port behind which a database stands. A driver gets checked values and statements in its dialect, and fails with
 * a `DatabaseError` whose code says `unique`, `foreign_key`, `not_null` or `check` where it was that, or with a `DatabaseBusyError`.
 */
export interface DatabaseDriver {
  readonly dialect: Dialect;

  /**
   * Runs one statement that takes effect as a whole or not at all, and is visible to every later one.
   *
   * @param maxMilliseconds How long it may run and wait for locks, where that is longer than usual.
   */
  run(
    statement: Statement,
    values: readonly DatabaseValue[],
    wanted: RowsWanted,
    maxMilliseconds?: number,
  ): Promise<StatementResult>;

  /**
   * Begins a transaction on a connection that nobody else uses until it ends.
   *
   * @param waitMilliseconds How long to wait for the connection and for locks; then it is busy.
   * @param maxMilliseconds How long it will last at most. A server may end it by itself then, should the process be gone.
   */
  begin(waitMilliseconds: number, maxMilliseconds?: number): Promise<DriverTransaction>;

  /**
   * Waits until nobody else, in any process, holds the migration lock of this database. It is freed by the returned function, and
   * when its holder's connection ends, however it ends.
   */
  lockMigrations(waitMilliseconds: number): Promise<() => Promise<void>>;

  /** Lets running transactions end, refuses new ones, and closes every connection. */
  close(): Promise<void>;
}

/** A transaction that has begun. Exactly one of `commit` and `rollback` is called, once, whatever happened before. */
export interface DriverTransaction {
  run(statement: Statement, values: readonly DatabaseValue[], wanted: RowsWanted): Promise<StatementResult>;

  /** Makes the work durable, or undoes all of it and says why. The connection is clean and free afterwards. */
  commit(): Promise<void>;

  /** Undoes the work. The connection is clean and free afterwards. */
  rollback(): Promise<void>;
}
