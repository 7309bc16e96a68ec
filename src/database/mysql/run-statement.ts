import type { Row, RowsWanted, StatementResult } from "../database-driver.ts";
import type { DatabaseValue } from "../database-value.ts";
import { exactNumber } from "../exact-number.ts";
import type { Statement } from "../sql/statement.ts";
import type { MysqlHeader } from "./load-mysql2.ts";
import type { MysqlAnswer } from "./mysql-answer.ts";
import type { MysqlConnection } from "./mysql-connection.ts";

const SAVEPOINT = /^(?:SAVEPOINT|RELEASE|ROLLBACK)\b/i;
const INSERT = /^(?:INSERT|REPLACE)\b/i;
const RECORDS = /Records: (\d+)/;

/** Runs a statement on a connection and tells what it did. */
export async function runStatement(
  statement: Statement,
  values: readonly DatabaseValue[],
  wanted: RowsWanted,
  connection: MysqlConnection,
  limitMilliseconds?: number,
): Promise<StatementResult> {
  const { kind, sql } = statement;
  if (kind === "other" && !SAVEPOINT.test(sql)) {
    // A procedure can change the session, and a temporary table would stay.
    connection.retire();
  }
  const answer =
    kind === "other" && values.length === 0
      ? await connection.control(sql, limitMilliseconds)
      : await connection.query(sql, values, limitMilliseconds);
  return { rows: rowsOf(answer, wanted), ...effectOf(statement, answer) };
}

function rowsOf({ columns, rows }: MysqlAnswer, wanted: RowsWanted): readonly Row[] {
  return rows.slice(0, wanted === "first" ? 1 : undefined).map((values) => {
    const row: Row = Object.create(null);
    for (const [at, name] of columns.entries()) {
      row[name] = values[at] ?? null;
    }
    return row;
  });
}

/** Of several new rows the server tells the first id only, and of those that RETURNING gives back none. */
function effectOf({ kind, sql }: Statement, answer: MysqlAnswer): Pick<StatementResult, "lastId" | "affectedRows"> {
  if (kind !== "insert" && kind !== "change") {
    return { lastId: null, affectedRows: 0 };
  }
  const { header } = answer;
  if (header === undefined) {
    return { lastId: null, affectedRows: answer.rows.length };
  }
  if (!INSERT.test(sql)) {
    return { lastId: null, affectedRows: header.affectedRows };
  }
  // A row that takes the place of another counts twice here.
  const rowCount = rowCountOf(header);
  const affectedRows = Math.min(header.affectedRows, rowCount);
  return { lastId: kind === "insert" && rowCount === 1 && affectedRows === 1 ? idOf(header) : null, affectedRows };
}

/** How many rows an INSERT or REPLACE has: the server says so where it could be several. */
function rowCountOf({ info }: MysqlHeader): number {
  return Number(RECORDS.exec(info)?.[1] ?? 1);
}

function idOf({ insertId }: MysqlHeader): number | bigint | null {
  const id = exactNumber(BigInt(insertId)) as number | bigint;
  return id === 0 ? null : id;
}
