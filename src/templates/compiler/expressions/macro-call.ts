import type { Argument, Expression } from "../../language/node.ts";
import { Markup } from "../../markup.ts";
import type { Scope } from "../compiler.ts";
import { fail } from "../fail.ts";
import type { ImportedMacro } from "../imports.ts";
import type { Evaluate } from "../piece.ts";
import { variableOf } from "../rendering/variable-of.ts";
import { VARARGS } from "../varargs.ts";
import { macroIn } from "../with-imports.ts";
import { boundArguments } from "./bound-arguments.ts";

type MacroCall = Extract<Expression, { readonly kind: "macroCall" }>;

/** `forms.input("name")` */
export function compileImportedCall({ alias, name, args, at }: MacroCall, scope: Scope): Evaluate {
  const template = alias === "_self" ? scope.template : scope.imports.templates.get(alias);
  if (template === undefined) {
    const remedy = `If it is meant as a macro, import its file: {% import "….twig" as ${alias} %}.`;
    fail(scope, `Nothing is imported as "${alias}", and templates call no methods. ${remedy}`, at);
  }
  return compileMacroCall(macroIn(template, name, scope, at), args, scope, at);
}

/** A call of a macro that was found: it sees its arguments and the globals, and nothing else. */
export function compileMacroCall(
  { template, macro }: ImportedMacro,
  args: readonly Argument[],
  scope: Scope,
  at: number,
): Evaluate {
  const { compiler } = scope;
  const { variables } = compiler;
  const named = macro.parameters.map(({ name }) => name);
  const parameters = compiler.takesRest(macro) ? [...named, `...${VARARGS}`] : named;
  const signature = { what: `The macro "${macro.name}"`, parameters, required: 0 };
  const values = boundArguments(signature, args, scope, at).map((value) => value && compiler.value(value, scope));
  const slots = named.map((name) => variables.slotOf(name));
  const rest = parameters === named ? -1 : variables.slotOf(VARARGS);
  const procedure = compiler.macro(template, macro);
  return (frame) => {
    const given = values.map((value) => value && variableOf(value(frame)));
    const outer = frame.variables;
    frame.variables = variables.fresh();
    for (const [index, slot] of slots.entries()) frame.variables[slot] = given[index];
    if (rest >= 0) frame.variables[rest] = given.slice(slots.length);
    const text = procedure.render(frame, at);
    frame.variables = outer;
    return new Markup(text);
  };
}
