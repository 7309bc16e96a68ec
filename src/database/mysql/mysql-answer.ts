import type { DatabaseValue } from "../database-value.ts";
import type { MysqlField, MysqlHeader } from "./load-mysql2.ts";
import { columnValue } from "./mysql-value.ts";

/** Either rows, which a statement without columns does not have, or a header. */
export interface MysqlAnswer {
  readonly columns: readonly string[];
  /** By position: two columns of one name are still two. */
  readonly rows: readonly (readonly DatabaseValue[])[];
  readonly header: MysqlHeader | undefined;
}

/**
 * Reads what the package says to a statement. A procedure gives several results, of which the first one with columns counts.
 *
 * @param rows Those of the one result, or of all of them; a header where there are none.
 * @param fields The columns of the one result, or those of all of them.
 */
export function answerOf(rows: unknown, fields: unknown): MysqlAnswer {
  const at = Array.isArray(fields) ? fields.findIndex((field) => Array.isArray(field)) : -1;
  return at === -1 ? resultOf(rows, fields) : resultOf((rows as unknown[])[at], (fields as unknown[])[at]);
}

function resultOf(rows: unknown, fields: unknown): MysqlAnswer {
  if (!Array.isArray(fields)) {
    return { columns: [], rows: [], header: rows as MysqlHeader };
  }
  const columns: readonly MysqlField[] = fields;
  return {
    columns: columns.map(({ name }) => name),
    rows: (rows as readonly (readonly unknown[])[]).map((row) =>
      columns.map((column, at) => columnValue(row[at], column)),
    ),
    header: undefined,
  };
}
