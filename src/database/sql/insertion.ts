import type { SqlToken } from "./sql-tokens.ts";

/** Of an INSERT: the table as it is written, and whether the statement gives rows back by itself. */
export interface Insertion {
  readonly table: string;
  readonly hasReturning: boolean;
}

/** Reads where an INSERT goes; it may stand behind the WITH of a common table expression. */
export function insertionOf(sql: string, tokens: readonly SqlToken[]): Insertion | undefined {
  const outside = outsideParentheses(tokens);
  const insert = outside.findIndex(({ text }) => text === "INSERT");
  const [into, ...rest] = outside.slice(insert + 1);
  const table = nameAt(sql, rest);
  if (insert === -1 || into?.text !== "INTO" || table === "") {
    return undefined;
  }
  return { table, hasReturning: rest.some(({ text }) => text === "RETURNING") };
}

function outsideParentheses(tokens: readonly SqlToken[]): readonly SqlToken[] {
  let depth = 0;
  return tokens.filter(({ text }) => {
    depth += text === "(" ? 1 : text === ")" ? -1 : 0;
    return depth === 0;
  });
}

/** Names with dots between them. A doubled quote in a name makes two tokens with nothing between. */
function nameAt(sql: string, tokens: readonly SqlToken[]): string {
  let name = "";
  let end = -1;
  for (const { kind, text, start, end: nextEnd } of tokens) {
    const goesOn = name === "" || text === "." || name.endsWith(".") || (kind === "quoted" && start === end);
    if (!goesOn || (kind === "symbol" && text !== ".")) {
      break;
    }
    name += sql.slice(start, nextEnd);
    end = nextEnd;
  }
  return name;
}
