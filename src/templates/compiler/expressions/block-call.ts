import type { Context } from "../../escaping/context.ts";
import type { Argument, Expression } from "../../language/node.ts";
import type { Scope } from "../compiler.ts";
import { fail } from "../fail.ts";
import type { Piece } from "../piece.ts";
import { compileBlock } from "../statements/block.ts";
import { boundArguments } from "./bound-arguments.ts";

type Call = Extract<Expression, { readonly kind: "call" }>;

/** `block("name")` and `parent()`, for the place where they are printed; nothing for other calls. */
export function compileBlockCall({ name, args, at }: Call, scope: Scope, start: Context): Piece | undefined {
  if (name === "parent") {
    boundArguments({ what: "parent()", parameters: [], required: 0 }, args, scope, at);
    if (scope.block === undefined) fail(scope, "parent() stands in a block.", at);
    return compileBlock(scope.block.name, scope.block.level + 1, scope, start, at);
  }
  return name === "block" ? compileBlock(blockName(args, scope, at), 0, scope, start, at) : undefined;
}

/** @throws {TemplateError} when it is not written as it is. */
export function blockName(args: readonly Argument[], scope: Scope, at: number): string {
  const [name] = boundArguments({ what: "block()", parameters: ["name"], required: 1 }, args, scope, at);
  if (name?.kind === "literal" && typeof name.value === "string") return name.value;
  return fail(scope, 'block() takes the name of a block as it is: block("title").', at);
}
