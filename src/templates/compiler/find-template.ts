import type { Template } from "../language/node.ts";
import { TemplateError } from "../template-error.ts";
import { templateNameFault } from "../template-name-fault.ts";
import { templateNameHint } from "../template-name-hint.ts";
import type { Compiler, Scope } from "./compiler.ts";
import { fail } from "./fail.ts";

/** Of a name that is none: it may be as long as a text in the data is. */
const MOST_SHOWN = 255;

/**
 * Finds the template that a file names.
 *
 * @param names Of several the first that exists.
 * @throws {TemplateError} when there is none, or a name could lead elsewhere.
 */
export function findTemplate(names: readonly string[], scope: Scope, at: number): Template {
  const found = findIfThere(names, scope, at);
  if (found !== undefined) return found;
  const hint = templateNameHint(names[0] ?? "", scope.compiler.names());
  throw new TemplateError("TEMPLATE_MISSING", `${missing(names)}${hint}`, scope.template.source, at);
}

/** @throws {TemplateError} when a name could lead elsewhere. */
export function findIfThere(names: readonly string[], scope: Scope, at: number): Template | undefined {
  for (const name of names) {
    const fault = templateNameFault(name);
    if (fault !== undefined) fail(scope, misnamed(name, fault), at);
  }
  return firstOf(names, scope.compiler);
}

export function firstOf(names: readonly string[], { load }: Compiler): Template | undefined {
  for (const name of names) {
    const found = load(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function missing(names: readonly string[]): string {
  return `There is no template ${names.map((name) => JSON.stringify(name)).join(" or ")}.`;
}

export function misnamed(name: string, fault: string): string {
  return `${JSON.stringify(name.slice(0, MOST_SHOWN))} is no name of a template. ${fault}`;
}
