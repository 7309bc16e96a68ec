import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Row } from "../database-driver.ts";
import { exactNumber } from "../exact-number.ts";
import type { PreparedStatement, SqliteConnection, SqliteEngine, SqliteValue } from "./sqlite-engine.ts";

/** @returns The SQLite that is part of Node.js, or `undefined` where there is none that can do what the driver needs. */
export function nodeSqliteEngine(): SqliteEngine | undefined {
  const sqlite = loadWithoutWarning();
  if (sqlite === undefined || !isMature(sqlite)) {
    return undefined;
  }
  return { name: "node:sqlite", open: (path) => new NodeSqliteConnection(new sqlite.DatabaseSync(path)) };
}

/** Node.js 22 and 24 warn that the module may still change. Its users cannot act on that; the contract tests can. */
function loadWithoutWarning(): typeof import("node:sqlite") | undefined {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule("node:sqlite");
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** The first versions could not tell whether a transaction is open, and gave their rows a prototype. */
function isMature({ DatabaseSync }: typeof import("node:sqlite")): boolean {
  const probe = new DatabaseSync(":memory:");
  try {
    const row = probe.prepare("SELECT 1").get();
    return probe.isTransaction === false && Object.getPrototypeOf(row) === null;
  } finally {
    probe.close();
  }
}

class NodeSqliteConnection implements SqliteConnection {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  prepare(sql: string): PreparedStatement {
    const statement = this.#database.prepare(sql);
    statement.setReadBigInts(true);
    return new NodeSqliteStatement(statement);
  }

  close(): void {
    this.#database.close();
  }
}

class NodeSqliteStatement implements PreparedStatement {
  readonly #statement: StatementSync;

  constructor(statement: StatementSync) {
    this.#statement = statement;
  }

  all(values: readonly SqliteValue[]): Row[] {
    const rows = this.#statement.all(...values) as Row[];
    for (const row of rows) {
      makeExact(row);
    }
    return rows;
  }

  first(values: readonly SqliteValue[]): Row | undefined {
    const row = this.#statement.get(...values) as Row | undefined;
    return row && makeExact(row);
  }
}

function makeExact(row: Row): Row {
  for (const name in row) {
    row[name] = exactNumber(row[name] ?? null);
  }
  return row;
}
