import { PAGE_TEXT } from "../escaping/context.ts";
import type { Argument, MacroStatement, Template } from "../language/node.ts";
import { Markup } from "../markup.ts";
import { captured } from "./assignments.ts";
import { boundArguments } from "./bound-arguments.ts";
import type { Compiler, Scope } from "./compiler.ts";
import { fail } from "./fail.ts";
import { guarded } from "./guarded.ts";
import { type ImportedMacro, NO_IMPORTS } from "./imports.ts";
import type { Evaluate } from "./piece.ts";
import type { Recipe } from "./procedures.ts";
import { variableOf } from "./variable-of.ts";
import { mentions } from "./walk.ts";
import { withImports } from "./with-imports.ts";

/** What a macro finds the arguments under that it has no names for. */
const VARARGS = "varargs";

/** How a macro is compiled: for the text of a page, since what it gives can be printed anywhere. */
export function macroRecipe(compiler: Compiler, template: Template, macro: MacroStatement): Recipe {
  const { name, parameters, body, at } = macro;
  return {
    start: PAGE_TEXT,
    compile: (usage) => {
      const bare: Scope = { compiler, template, lineage: [], block: undefined, imports: NO_IMPORTS, usage };
      const scope = withImports(template.body, bare);
      const fallbacks = parameters.map(({ fallback }) => fallback && compiler.value(fallback, scope));
      const slots = parameters.map((parameter) => compiler.variables.slotOf(parameter.name));
      const text = captured(compiler.body(body, scope, PAGE_TEXT), scope, at);
      const render = guarded(template.source, (frame) => {
        for (const [index, slot] of slots.entries()) {
          if (frame.variables[slot] === undefined) frame.variables[slot] = variableOf(fallbacks[index]?.(frame));
        }
        return text(frame).html;
      });
      return { render, end: PAGE_TEXT };
    },
    failUneven: () => fail({ template }, `The macro "${name}" has to end where it begins.`, at),
  };
}

/** `forms.input("name")`: the macro sees its arguments and the globals, and nothing else. */
export function compileMacroCall(
  { template, macro }: ImportedMacro,
  args: readonly Argument[],
  scope: Scope,
  at: number,
): Evaluate {
  const { compiler } = scope;
  const { variables } = compiler;
  const named = macro.parameters.map(({ name }) => name);
  const parameters = mentions(macro.body, VARARGS) ? [...named, `...${VARARGS}`] : named;
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
