import { PAGE_TEXT } from "../escaping/context.ts";
import type { MacroStatement, Template } from "../language/node.ts";
import type { Compiler } from "./compiler.ts";
import { fail } from "./fail.ts";
import { fileScope } from "./file-scope.ts";
import type { Recipe } from "./procedures.ts";
import { guarded } from "./rendering/guarded.ts";
import { variableOf } from "./rendering/variable-of.ts";
import { captured } from "./statements/captured.ts";

/** How a macro is compiled: for the text of a page, since what it gives can be printed anywhere. */
export function macroRecipe(compiler: Compiler, template: Template, macro: MacroStatement): Recipe {
  const { parameters, body, at } = macro;
  return {
    start: PAGE_TEXT,
    compile: (usage) => {
      const scope = fileScope(template, [], usage, compiler);
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
    fail: (problem) => fail({ template }, problem, at),
  };
}
