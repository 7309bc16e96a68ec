import type { Row, RowsWanted, StatementResult } from "./database-driver.ts";
import { type Columns, deleteRows, insertRow, type SqlWithValues, updateRows } from "./sql/row-statements.ts";

/** What a statement has done. */
export interface ExecuteResult {
  /** The id of the last row inserted; `null` when none was. */
  readonly lastId: number | bigint | null;
  readonly affectedRows: number;
}

/**
 * What can be asked of a database and of a transaction alike. Values are bound, never written into the SQL, and
 * checked when the call is made: anything but null, a boolean, number, bigint, text or bytes is the client's mistake, 400.
 *
 * @see CWE-89
 */
export abstract class DatabaseVerbs {
  protected abstract run(sql: string, values: readonly unknown[], wanted: RowsWanted): Promise<StatementResult>;

  /**
   * @param sql One statement with a `?` for each value.
   * @returns Its rows. The type is a promise of the caller: nothing checks it.
   * @example
   * ```ts
   * const orders = await database.fetch("SELECT id, total FROM orders WHERE user_id = ?", [userId]);
   * ```
   */
  async fetch<R extends object = Row>(sql: string, values: readonly unknown[] = []): Promise<R[]> {
    return (await this.run(sql, values, "all")).rows as R[];
  }

  /** @returns The first row, or `null` when there is none. */
  async fetchOne<R extends object = Row>(sql: string, values: readonly unknown[] = []): Promise<R | null> {
    const { rows } = await this.run(sql, values, "first");
    return (rows[0] ?? null) as R | null;
  }

  /**
   * Runs a statement whose rows do not matter.
   *
   * @throws {DatabaseError} `unique`, `foreign_key`, `not_null` or `check` when the tables forbid it.
   * @example
   * ```ts
   * const { lastId } = await database.execute("INSERT INTO notes (text) VALUES (?)", [text]);
   * ```
   */
  async execute(sql: string, values: readonly unknown[] = []): Promise<ExecuteResult> {
    const { lastId, affectedRows } = await this.run(sql, values, "all");
    return { lastId, affectedRows };
  }

  /**
   * Inserts one row. Name the columns yourself: a whole request body would let its sender set any column.
   *
   * @param table Letters, digits and underscores.
   * @see CWE-915
   */
  async insert(table: string, row: Columns): Promise<ExecuteResult> {
    return this.#execute(insertRow(table, row));
  }

  /**
   * Changes the rows that have all the values of `where`; a null there means "has no value".
   *
   * @throws {DatabaseError} `statement` when `changes` or `where` is empty.
   */
  async update(table: string, changes: Columns, where: Columns): Promise<ExecuteResult> {
    return this.#execute(updateRows(table, changes, where));
  }

  /**
   * Deletes the rows that have all the values of `where`.
   *
   * @throws {DatabaseError} `statement` when `where` is empty.
   */
  async delete(table: string, where: Columns): Promise<ExecuteResult> {
    return this.#execute(deleteRows(table, where));
  }

  async #execute({ sql, values }: SqlWithValues): Promise<ExecuteResult> {
    return this.execute(sql, values);
  }
}
