import type { Context } from "../../escaping/context.ts";
import { printAt } from "../../escaping/print-at.ts";
import { rawAt } from "../../escaping/raw-at.ts";
import { UnsafePlace } from "../../escaping/unsafe-place.ts";
import type { Expression } from "../../language/node.ts";
import { toText } from "../../values/to-text.ts";
import type { Scope } from "../compiler.ts";
import { compileBlockCall } from "../expressions/block-call.ts";
import { fail } from "../fail.ts";
import { type Piece, textPiece } from "../piece.ts";
import { branch } from "./branch.ts";
import { safely } from "./safely.ts";
import { sequence } from "./sequence.ts";
import { compileText } from "./text.ts";

/**
 * `{{ … }}`: a value is escaped for the place where it stands.
 *
 * What the author of the template wrote is not: text in quotes, also as one branch of a condition, is text of the template.
 */
export function compilePrint(printed: Expression, scope: Scope, start: Context, at: number): Piece {
  if (printed.kind === "literal") return compileText(toText(printed.value), scope, start, printed.at);
  if (printed.kind === "conditional" && printed.consequence !== undefined) {
    const { test, consequence, otherwise } = printed;
    const chosen = { test: scope.compiler.condition(test, scope), piece: compilePrint(consequence, scope, start, at) };
    return branch([chosen], compilePrint(otherwise, scope, start, at), scope, printed.at);
  }
  if (printed.kind === "call") {
    const block = compileBlockCall(printed, scope, start);
    if (block !== undefined) return block;
  }
  return printed.kind === "filter" && printed.name === "raw"
    ? compileRaw(printed, scope, start)
    : compileValue(printed, scope, start, at);
}

function compileValue(printed: Expression, scope: Scope, start: Context, at: number): Piece {
  const value = scope.compiler.value(printed, scope);
  const { context: end, escape: escaped, before = "" } = safely(scope, at, () => printAt(start));
  const render: Piece["render"] = (frame) => {
    const shown = value(frame);
    frame.at = at;
    return escaped(shown);
  };
  return sequence([textPiece(before, start), { render, end }], start);
}

/**
 * `{{ value|raw }}`: the developer answers for it.
 *
 * Templates for Twig write `|json_encode|raw` in scripts and attributes. What is read there is the same when the place encodes it, and
 * then no quote in it ends an attribute.
 */
function compileRaw(
  { value, args, at }: Extract<Expression, { readonly kind: "filter" }>,
  scope: Scope,
  start: Context,
): Piece {
  const [arg] = args;
  if (arg !== undefined) fail(scope, 'The filter "raw" takes no arguments.', arg.value.at);
  if (isJson(value, scope) && start.state !== "text" && canPrintAt(start)) return compileValue(value, scope, start, at);
  const { context: end, before = "" } = safely(scope, at, () => rawAt(start));
  const evaluate = scope.compiler.value(value, scope);
  const piece: Piece = { render: (frame) => toText(evaluate(frame)), end };
  return sequence([textPiece(before, start), piece], start);
}

function isJson(value: Expression, { compiler }: Scope): boolean {
  return value.kind === "filter" && value.name === "json_encode" && compiler.callables.isOurs("filter", value.name);
}

function canPrintAt(start: Context): boolean {
  try {
    printAt(start);
    return true;
  } catch (error) {
    if (error instanceof UnsafePlace) return false;
    throw error;
  }
}
