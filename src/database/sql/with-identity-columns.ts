import type { Dialect } from "./dialect.ts";
import { sqlTokens } from "./sql-tokens.ts";

const WORDS = ["INTEGER", "PRIMARY", "KEY", "AUTOINCREMENT"] as const;

/** Writes `INTEGER PRIMARY KEY AUTOINCREMENT`, a column that numbers its rows, as a database wants it; strings and comments stay. */
export function withIdentityColumns(sql: string, dialect: Dialect): string {
  const tokens = [...sqlTokens(sql, dialect)].filter(({ kind }) => kind !== "comment");
  let written = "";
  let from = 0;
  for (const [at, { start }] of tokens.entries()) {
    const last = tokens[at + WORDS.length - 1];
    if (last === undefined || !WORDS.every((word, offset) => tokens[at + offset]?.text === word)) continue;
    written += sql.slice(from, start) + dialect.identityColumn;
    from = last.end;
  }
  return written + sql.slice(from);
}
