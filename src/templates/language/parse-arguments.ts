import type { Argument, Expression } from "./expression.ts";
import type { Expressions } from "./expressions.ts";
import type { Token } from "./token.ts";
import type { TokenReader } from "./token-reader.ts";

/** Reads `(1, v => v.price, name: 2)`; the next token is the bracket. */
export function parseArguments(parser: Expressions): readonly Argument[] {
  const { tokens } = parser;
  const args: Argument[] = [];
  const names = new Set<string>();
  tokens.expectSign("(", "the name");
  while (!tokens.takeIf("sign", ")")) {
    if (args.length > 0) tokens.expectSign(",", "an argument");
    if (tokens.takeIf("sign", ")")) break;
    const { at } = tokens.peek();
    const name = takeArgumentName(tokens);
    if (name === undefined && names.size > 0) tokens.fail("Arguments with a name come last.", at);
    if (name !== undefined && names.has(name)) tokens.fail(`The argument "${name}" is given twice.`, at);
    if (name !== undefined) names.add(name);
    args.push({ name, value: parseArrow(parser) ?? parser.operation() });
  }
  return args;
}

/** Reads `v => v.price`; gives nothing where none stands. */
export function parseArrow(parser: Expressions): Expression | undefined {
  const { tokens } = parser;
  const parameters = parametersAhead(tokens);
  if (parameters === undefined) return undefined;
  const { at } = tokens.peek();
  const names = new Set<string>();
  for (const name of parameters.names) {
    if (names.has(name.text)) tokens.fail(`The parameter "${name.text}" is named twice.`, name.at);
    names.add(name.text);
  }
  tokens.skip(parameters.width);
  return { kind: "arrow", parameters: [...names], body: tokens.nested(() => parser.operation()), at };
}

function takeArgumentName(tokens: TokenReader): string | undefined {
  if (!tokens.isNext("name")) return undefined;
  if (!tokens.isNext("sign", ":", 1) && !tokens.isNext("sign", "=", 1)) return undefined;
  const { text } = tokens.next();
  tokens.next();
  return text;
}

/** `v =>` or `(a, b) =>`, of which the bracket may also begin another expression. */
function parametersAhead(tokens: TokenReader): { names: readonly Token[]; width: number } | undefined {
  if (tokens.isNext("name") && tokens.isNext("sign", "=>", 1)) return { names: [tokens.peek()], width: 2 };
  if (!tokens.isNext("sign", "(")) return undefined;
  const names: Token[] = [];
  let width = 1;
  while (tokens.isNext("name", undefined, width)) {
    names.push(tokens.peek(width));
    width += tokens.isNext("sign", ",", width + 1) ? 2 : 1;
  }
  const isArrow = tokens.isNext("sign", ")", width) && tokens.isNext("sign", "=>", width + 1);
  return isArrow ? { names, width: width + 2 } : undefined;
}
