import type { Row, RowsWanted, StatementResult } from "../database-driver.ts";
import type { DatabaseValue } from "../database-value.ts";
import type { Statement } from "../sql/statement.ts";
import type { IdentityColumns } from "./identity-columns.ts";
import type { PostgresConnection, PostgresRows } from "./postgres-connection.ts";

/**
 * Runs a statement on a connection and tells what it did. An INSERT is asked to give back the keys of its rows as well:
 * PostgreSQL tells the id of a new row in no other way that nothing can come between.
 */
export async function runStatement(
  statement: Statement,
  values: readonly DatabaseValue[],
  wanted: RowsWanted,
  connection: PostgresConnection,
  identityColumns: IdentityColumns,
  limitMilliseconds?: number,
): Promise<StatementResult> {
  const { insertion, kind, sql } = statement;
  const key = insertion && (await identityColumns.of(insertion.table, connection));
  const asksForKey = insertion !== undefined && key !== undefined;
  const text = asksForKey ? `${sql}${insertion.hasReturning ? "," : " RETURNING"} ${key}` : sql;
  const result = await connection.query(text, values, limitMilliseconds).catch((error: unknown) => {
    identityColumns.forget();
    throw error;
  });
  if (kind === "other") {
    identityColumns.forget();
  }
  return {
    rows: rowsOf(result, wanted, asksForKey ? -1 : undefined),
    lastId: asksForKey ? ((result.rows.at(-1)?.at(-1) ?? null) as number | bigint | null) : null,
    affectedRows: kind === "insert" || kind === "change" ? result.rowCount : 0,
  };
}

/** @param end Where the columns end that the statement itself asks for. */
function rowsOf({ columns, rows }: PostgresRows, wanted: RowsWanted, end: number | undefined): readonly Row[] {
  const names = columns.slice(0, end);
  return names.length === 0 ? [] : rows.slice(0, wanted === "first" ? 1 : undefined).map((row) => rowOf(names, row));
}

function rowOf(names: readonly string[], values: readonly DatabaseValue[]): Row {
  const row: Row = Object.create(null);
  for (const [at, name] of names.entries()) {
    row[name] = values[at] ?? null;
  }
  return row;
}
