import { Tina4Error } from "../../errors.ts";
import { didYouMean } from "../../text/did-you-mean.ts";
import type { Expression, Template } from "../language/node.ts";
import { Markup } from "../markup.ts";
import { TemplateError } from "../template-error.ts";
import { templateNameFault } from "../template-name.ts";
import type { Compiler, Scope } from "./compiler.ts";
import { fail } from "./fail.ts";

/** The names that an expression gives whatever the data is: a text, or a list of texts, of which the first that exists counts. */
export function namesIn(expression: Expression): readonly string[] | undefined {
  if (expression.kind === "literal") return typeof expression.value === "string" ? [expression.value] : undefined;
  if (expression.kind !== "list" || expression.items.length === 0) return undefined;
  const names = expression.items.flatMap((item) => (item.kind === "literal" ? [item.value] : []));
  return names.length === expression.items.length && names.every((name) => typeof name === "string")
    ? names
    : undefined;
}

/** @throws {TemplateError} when a name is none, or no template has one of these names. */
export function findNamed(names: readonly string[], scope: Scope, at: number): Template {
  const found = findIfThere(names, scope, at);
  if (found !== undefined) return found;
  const hint = didYouMean(names[0] ?? "", scope.compiler.names());
  throw new TemplateError("TEMPLATE_MISSING", `${missing(names)}${hint}`, scope.template.source, at);
}

/** @throws {TemplateError} when a name is none. */
export function findIfThere(names: readonly string[], scope: Scope, at: number): Template | undefined {
  for (const name of names) {
    const fault = templateNameFault(name);
    if (fault !== undefined) fail(scope, misnamed(name, fault), at);
  }
  return firstOf(names, scope.compiler);
}

/**
 * Finds what a value names while a page is rendered.
 *
 * @returns `undefined` when there is no such template.
 * @throws {TypeError} when the value is no name, or one that leads elsewhere.
 */
export function findComputed(value: unknown, compiler: Compiler): Template | undefined {
  const names = computedNames(value);
  for (const name of names) {
    const fault = templateNameFault(name);
    if (fault !== undefined) throw new TypeError(misnamed(name, fault));
  }
  return firstOf(names, compiler);
}

/** @throws {Tina4Error} `TEMPLATE_MISSING`, with the names that were looked for. */
export function failMissing(value: unknown): never {
  throw new Tina4Error("TEMPLATE_MISSING", missing(computedNames(value)));
}

function computedNames(value: unknown): readonly string[] {
  const names = (Array.isArray(value) ? value : [value]).map((name) => (Markup.is(name) ? name.html : name));
  if (names.every((name) => typeof name === "string")) return names;
  throw new TypeError("The name of a template has to be a text, or a list of texts.");
}

function firstOf(names: readonly string[], { load }: Compiler): Template | undefined {
  for (const name of names) {
    const found = load(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function missing(names: readonly string[]): string {
  return `There is no template ${names.map((name) => JSON.stringify(name)).join(" or ")}.`;
}

function misnamed(name: string, fault: string): string {
  return `${JSON.stringify(name)} is no name of a template. ${fault}`;
}
