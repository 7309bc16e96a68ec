import { isOperatorWord } from "../infix-operator.ts";
import { constantOf } from "../parse-literal.ts";
import type { TokenReader } from "../token-reader.ts";

/** Reads a name that is given a value. */
export function parseTarget(tokens: TokenReader, what: string): string {
  const { text, at } = tokens.expectName(what);
  if (constantOf(text) !== undefined || isOperatorWord(text) || text === "_self") {
    tokens.fail(`"${text}" means something else already and can be no variable.`, at);
  }
  return text;
}
