import type { BinaryOperator } from "./expression.ts";

/** `a ? b : c`, `a ?: c` and `a is b` stand between operands too, but are read differently. */
export type InfixOperator = BinaryOperator | "?" | "?:" | "is";

/** How tightly operators bind, as in Twig 3. Prefixes, member access and filters bind tighter than all of them, but for `not`. */
const PRECEDENCE: Readonly<Record<InfixOperator, number>> = {
  "?": 0,
  "?:": 5,
  or: 10,
  xor: 12,
  and: 15,
  "b-or": 16,
  "b-xor": 17,
  "b-and": 18,
  "==": 20,
  "!=": 20,
  "===": 20,
  "!==": 20,
  "<=>": 20,
  "<": 20,
  ">": 20,
  "<=": 20,
  ">=": 20,
  in: 20,
  "not in": 20,
  matches: 20,
  "starts with": 20,
  "ends with": 20,
  "has some": 20,
  "has every": 20,
  "..": 25,
  "+": 30,
  "-": 30,
  "~": 40,
  "*": 60,
  "/": 60,
  "//": 60,
  "%": 60,
  is: 100,
  "**": 200,
  "??": 300,
};

export const NOT_PRECEDENCE = 50;
export const SIGN_PRECEDENCE = 500;

const RIGHT_ASSOCIATIVE: ReadonlySet<string> = new Set(["?:", "**", "??"]);
const OPERATOR_WORDS: ReadonlySet<string> = new Set([
  "not",
  "is",
  "in",
  "and",
  "or",
  "xor",
  "b-and",
  "b-or",
  "b-xor",
  "matches",
]);

export function isInfixOperator(text: string): text is InfixOperator {
  return Object.hasOwn(PRECEDENCE, text);
}

export function precedenceOf(operator: InfixOperator): number {
  return PRECEDENCE[operator];
}

/** Down to which precedence the operand on the right takes operators in. */
export function rightPrecedenceOf(operator: InfixOperator): number {
  return PRECEDENCE[operator] + (RIGHT_ASSOCIATIVE.has(operator) ? 0 : 1);
}

/** Words that are never the name of anything, save behind a dot. */
export function isOperatorWord(word: string): boolean {
  return OPERATOR_WORDS.has(word);
}
