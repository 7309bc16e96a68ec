import type { Dialect } from "./dialect.ts";
import { type SqlToken, sqlTokens } from "./sql-tokens.ts";
import { StatementNesting } from "./statement-nesting.ts";

/** One statement in a longer text, without its comments' tokens and without the semicolon that ends it. */
export interface StatementText {
  readonly start: number;
  readonly end: number;
  /** At least one; comments are left out. */
  readonly tokens: readonly [SqlToken, ...SqlToken[]];
}

/**
 * Splits SQL at the semicolons that end a statement: not those in strings, comments, parentheses or the body of a trigger or function.
 *
 * @param isBreak Says of a comment between tokens of a statement, but in no parentheses and no body, that it ends the statement too.
 */
export function splitStatements(
  sql: string,
  dialect: Dialect,
  isBreak: (comment: SqlToken) => boolean = () => false,
): readonly StatementText[] {
  const statements: StatementText[] = [];
  let tokens: SqlToken[] = [];
  let nesting = new StatementNesting(dialect);
  for (const token of sqlTokens(sql, dialect)) {
    const isComment = token.kind === "comment";
    if (!nesting.isOpen && (token.text === ";" || (isComment && isBreak(token)))) {
      statements.push(...statementOf(tokens));
      tokens = [];
      nesting = new StatementNesting(dialect);
    } else if (!isComment) {
      tokens.push(token);
      nesting.add(token);
    }
  }
  return [...statements, ...statementOf(tokens)];
}

function statementOf(tokens: readonly SqlToken[]): readonly StatementText[] {
  const [first, ...rest] = tokens;
  return first === undefined ? [] : [{ start: first.start, end: (rest.at(-1) ?? first).end, tokens: [first, ...rest] }];
}
