import type { SqlToken } from "./sql-tokens.ts";

/**
 * Tells whether a query leaves more behind than its answer: a new table or a file, by its INTO, or a setting that lasts for the
 * session, by a `set_config()` that does not plainly say `true` at its end.
 */
export function leavesTraces(tokens: readonly SqlToken[]): boolean {
  /** What stands in front of each open parenthesis. */
  const callers: (string | undefined)[] = [];
  return tokens.some(({ text }, at) => {
    if (text === "(") callers.push(tokens[at - 1]?.text);
    if (text !== ")") return text === "INTO" && callers.length === 0;
    const endsLocally = tokens[at - 2]?.text === "," && tokens[at - 1]?.text === "TRUE";
    return callers.pop() === "SET_CONFIG" && !endsLocally;
  });
}
