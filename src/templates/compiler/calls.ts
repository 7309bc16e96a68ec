import { type Context, PAGE_TEXT } from "../escaping/context.ts";
import type { Argument, Expression } from "../language/node.ts";
import { captured } from "./assignments.ts";
import { boundArguments } from "./bound-arguments.ts";
import type { CallableKind, Called } from "./callables.ts";
import type { Scope } from "./compiler.ts";
import { fail } from "./fail.ts";
import { compileBlock, hasBlock } from "./inheritance.ts";
import { compileMacroCall } from "./macros.ts";
import type { Evaluate, Piece } from "./piece.ts";
import { macroIn } from "./with-imports.ts";

type Call = Extract<Expression, { readonly kind: "call" }>;
type MacroCall = Extract<Expression, { readonly kind: "macroCall" }>;
type Filter = Extract<Expression, { readonly kind: "filter" }>;
type Test = Extract<Expression, { readonly kind: "test" }>;

/** `value|filter(…)` */
export function compileFilter({ name, value, args, at }: Filter, scope: Scope): Evaluate {
  if (name === "e" || name === "escape") refuseStrategy(args, scope);
  return applied("filter", name, [value], args, scope, at);
}

/** `value is test(…)` */
export function compileTest({ name, value, args, isNegated, at }: Test, scope: Scope): Evaluate {
  const test =
    name === "defined" ? definedTest(value, args, scope, at) : applied("test", name, [value], args, scope, at);
  return isNegated ? (frame) => !test(frame) : (frame) => Boolean(test(frame));
}

/** `function(…)`, and macros that were imported by name. */
export function compileCall(call: Call, scope: Scope): Evaluate {
  const { name, args, at } = call;
  const macro = scope.imports.macros.get(name);
  if (macro !== undefined) return compileMacroCall(macro, args, scope, at);
  const block = compileBlockCall(call, scope, PAGE_TEXT);
  if (block !== undefined) return captured(block, scope, at);
  if (name === "include") {
    fail(scope, "include() stands alone in its print. Catch it first: {% set part %}{{ include(…) }}{% endset %}.", at);
  }
  const evaluate = applied("function", name, [], args, scope, at);
  return name === "range" ? counted(evaluate) : evaluate;
}

/** `forms.input(…)` */
export function compileImportedCall({ alias, name, args, at }: MacroCall, scope: Scope): Evaluate {
  const template = alias === "_self" ? scope.template : scope.imports.templates.get(alias);
  if (template === undefined) {
    const remedy = `If it is meant as a macro, import its file: {% import "….twig" as ${alias} %}.`;
    fail(scope, `Nothing is imported as "${alias}", and templates call no methods. ${remedy}`, at);
  }
  return compileMacroCall(macroIn(template, name, scope, at), args, scope, at);
}

/** `block("name")` and `parent()`, for the place where they are printed; nothing for other calls. */
export function compileBlockCall({ name, args, at }: Call, scope: Scope, start: Context): Piece | undefined {
  if (name === "parent") {
    boundArguments({ what: "parent()", parameters: [], required: 0 }, args, scope, at);
    if (scope.block === undefined) fail(scope, "parent() stands in a block.", at);
    return compileBlock(scope.block.name, scope.block.level + 1, scope, start, at);
  }
  return name === "block" ? compileBlock(blockName(args, scope, at), 0, scope, start, at) : undefined;
}

function blockName(args: readonly Argument[], scope: Scope, at: number): string {
  const [name] = boundArguments({ what: "block()", parameters: ["name"], required: 1 }, args, scope, at);
  if (name?.kind === "literal" && typeof name.value === "string") return name.value;
  return fail(scope, 'block() takes the name of a block as it is: block("title").', at);
}

function definedTest(value: Expression, args: readonly Argument[], scope: Scope, at: number): Evaluate {
  boundArguments({ what: 'The test "defined"', parameters: [], required: 0 }, args, scope, at);
  if (value.kind === "call" && value.name === "block") {
    const isThere = hasBlock(blockName(value.args, scope, value.at), scope);
    return () => isThere;
  }
  const evaluate = scope.compiler.value(value, scope);
  return (frame) => evaluate(frame) !== undefined;
}

function applied(
  kind: CallableKind,
  name: string,
  subject: readonly Expression[],
  args: readonly Argument[],
  scope: Scope,
  at: number,
): Evaluate {
  const { callables, value } = scope.compiler;
  const called = callables.find(kind, name);
  if (called === undefined) return fail(scope, `There is no ${kind} "${name}".${callables.hint(kind, name)}`, at);
  const signature = { what: `The ${kind} "${name}"`, parameters: called.parameters, required: called.required };
  const operands = [...subject, ...boundArguments(signature, args, scope, at)];
  return invocation(
    called,
    operands.map((operand) => (operand === undefined ? nothing : value(operand, scope))),
    at,
  );
}

/** Most calls have one or two operands: those make no loop. */
function invocation({ invoke }: Called, operands: readonly Evaluate[], at: number): Evaluate {
  const [first = nothing, second = nothing] = operands;
  if (operands.length === 1) {
    return (frame) => {
      const args = [first(frame)];
      frame.at = at;
      return invoke(args, frame);
    };
  }
  if (operands.length === 2) {
    return (frame) => {
      const args = [first(frame), second(frame)];
      frame.at = at;
      return invoke(args, frame);
    };
  }
  return (frame) => {
    const args = operands.map((operand) => operand(frame));
    frame.at = at;
    return invoke(args, frame);
  };
}

function nothing(): undefined {
  return undefined;
}

function counted(list: Evaluate): Evaluate {
  return (frame) => {
    const items = list(frame);
    if (Array.isArray(items)) frame.spend(items.length);
    return items;
  };
}

/** The place decides how a value is escaped. A template that chose by itself could only choose worse. */
function refuseStrategy(args: readonly Argument[], scope: Scope): void {
  const [strategy] = args;
  if (strategy === undefined || (strategy.value.kind === "literal" && strategy.value.value === "html")) return;
  fail(
    scope,
    "Values are escaped for the place where they stand, so no strategy is chosen. Leave out the filter.",
    strategy.value.at,
  );
}
