import type Libsql from "libsql";
import type { Row } from "../database-driver.ts";
import type { DatabaseValue } from "../database-value.ts";
import { exactNumber } from "../exact-number.ts";
import type { PreparedStatement, SqliteConnection, SqliteEngine, SqliteValue } from "./sqlite-engine.ts";

/** Loads the SQLite for a Node.js that has none of its own. */
export async function libsqlEngine(): Promise<SqliteEngine> {
  const { default: Connection } = await import("libsql");
  return { name: "libsql", open: (path) => new LibsqlConnection(new Connection(path)) };
}

class LibsqlConnection implements SqliteConnection {
  readonly #database: Libsql.Database;

  constructor(database: Libsql.Database) {
    this.#database = database;
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  prepare(sql: string): PreparedStatement {
    const statement = this.#database.prepare(sql).safeIntegers();
    return new LibsqlStatement(statement.reader ? statement.raw() : statement);
  }

  close(): void {
    this.#database.close();
  }
}

/** Rows come as arrays, if at all: the objects of this library have a prototype, which a column named `__proto__` would replace. */
class LibsqlStatement implements PreparedStatement {
  readonly #statement: Libsql.Statement;

  constructor(statement: Libsql.Statement) {
    this.#statement = statement;
  }

  all(values: readonly SqliteValue[]): Row[] {
    const rows = this.#statement.all(values) as DatabaseValue[][];
    const names = this.#columnNames();
    return rows.map((row) => rowOf(names, row));
  }

  first(values: readonly SqliteValue[]): Row | undefined {
    const row = this.#statement.get(values) as DatabaseValue[] | undefined;
    return row && rowOf(this.#columnNames(), row);
  }

  /** Asked after every run, since the table may have changed: that makes SQLite prepare the statement anew. */
  #columnNames(): readonly string[] {
    return this.#statement.columns().map(({ name }) => name);
  }
}

function rowOf(names: readonly string[], values: readonly DatabaseValue[]): Row {
  const row: Row = Object.create(null);
  for (const [at, name] of names.entries()) {
    const value = exactNumber(values[at] ?? null);
    row[name] = value instanceof Uint8Array ? new Uint8Array(value) : value;
  }
  return row;
}
