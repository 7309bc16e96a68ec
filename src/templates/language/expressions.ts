import type { Expression } from "./expression.ts";
import type { TokenReader } from "./token-reader.ts";

/** What the parts of an expression need for the expressions in them. */
export interface Expressions {
  readonly tokens: TokenReader;
  /** Reads an expression with all of its operators. */
  readonly operation: () => Expression;
}
