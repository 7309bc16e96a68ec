import type { Row, RowsWanted, StatementResult } from "../database-driver.ts";
import type { DatabaseValue } from "../database-value.ts";
import type { Statement } from "../sql/statement.ts";
import type { IdentityColumns } from "./identity-columns.ts";
import type { Ask, PostgresConnection, PostgresRows } from "./postgres-connection.ts";

const LEAVES_NOTHING = /^(?:SAVEPOINT|RELEASE|ROLLBACK|SET|LOCK|TRUNCATE|NOTIFY)\b/i;

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
  const { kind, sql } = statement;
  const isDefinition = kind === "other" && !LEAVES_NOTHING.test(sql);
  if (isDefinition) {
    connection.retire();
  }
  let hasSameTables = false;
  try {
    const [result, hasKey] = await connection.inTurn(
      (ask) => askForKey(statement, values, ask, identityColumns),
      limitMilliseconds,
    );
    hasSameTables = !isDefinition;
    return {
      rows: rowsOf(result, wanted, hasKey ? -1 : undefined),
      lastId: hasKey ? ((result.rows.at(-1)?.at(-1) ?? null) as number | bigint | null) : null,
      affectedRows: kind === "insert" || kind === "change" ? result.rowCount : 0,
    };
  } finally {
    if (!hasSameTables) {
      identityColumns.forget();
    }
  }
}

/** @returns The answer, and whether its last column is the key. */
async function askForKey(
  { sql, insertion }: Statement,
  values: readonly DatabaseValue[],
  ask: Ask,
  identityColumns: IdentityColumns,
): Promise<readonly [PostgresRows, boolean]> {
  const key = insertion && (await identityColumns.of(insertion.table, ask));
  if (key === undefined) {
    return [await ask(sql, values), false];
  }
  return [await ask(`${sql}${insertion?.hasReturning ? "," : " RETURNING"} ${key}`, values), true];
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
