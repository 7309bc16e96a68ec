import type { Ask } from "./postgres-connection.ts";

const MAX_REMEMBERED_TABLES = 1_000;

/** A key that may not be read back would turn an INSERT that is allowed into one that is not. */
const FIND_KEY = `SELECT pg_catalog.quote_ident(a.attname)
  FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
  WHERE i.indrelid = pg_catalog.to_regclass($1) AND i.indisprimary AND i.indnkeyatts = 1
  AND a.atttypid IN (20, 21, 23) AND pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')`;

/**
 * Knows which column tells the id of a new row: the primary key, if that is one column of whole numbers. `lastval()` would
 * tell the last number that anything took from a sequence, be it a trigger for another table.
 */
export class IdentityColumns {
  readonly #known = new Map<string, string | undefined>();

  /**
   * @param table As the statement names it.
   * @param ask On the connection of the statement: no other sees a table which its transaction has made.
   * @returns The column, quoted; `undefined` when the table has none.
   */
  async of(table: string, ask: Ask): Promise<string | undefined> {
    if (!this.#known.has(table)) {
      const { rows } = await ask(FIND_KEY, [table]);
      this.#remember(table, rows[0]?.[0] as string | undefined);
    }
    return this.#known.get(table);
  }

  /** Tables may have changed. */
  forget(): void {
    this.#known.clear();
  }

  #remember(table: string, column: string | undefined): void {
    if (this.#known.size >= MAX_REMEMBERED_TABLES) {
      this.#known.clear();
    }
    this.#known.set(table, column);
  }
}
