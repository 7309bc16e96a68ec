import { didYouMean } from "../../text/did-you-mean.ts";
import type { ImportStatement, Statement, Template } from "../language/node.ts";
import type { Scope } from "./compiler.ts";
import { fail } from "./fail.ts";
import { findTemplate } from "./find-template.ts";
import type { ImportedMacro } from "./imports.ts";
import { namesIn } from "./names-in.ts";

/** The scope of statements that stand together: what one of them imports, all know. */
export function withImports(statements: readonly Statement[], scope: Scope): Scope {
  const imported = statements.filter((statement) => statement.kind === "import");
  if (imported.length === 0) return scope;
  const templates = new Map(scope.imports.templates);
  const macros = new Map(scope.imports.macros);
  for (const statement of imported) {
    const template = originOf(statement, scope);
    if (statement.alias !== undefined) templates.set(statement.alias, template);
    for (const { macro, alias } of statement.names) macros.set(alias, macroIn(template, macro, scope, statement.at));
  }
  return { ...scope, imports: { templates, macros } };
}

/** @throws {TemplateError} when a template has no macro of this name. */
export function macroIn(template: Template, name: string, scope: Scope, at: number): ImportedMacro {
  const macro = template.macros.get(name);
  if (macro !== undefined) return { template, macro };
  const hint = didYouMean(name, [...template.macros.keys()], "It has none of this name.");
  return fail(scope, `"${template.source.name}" has no macro "${name}".${hint}`, at);
}

function originOf({ template, at }: ImportStatement, scope: Scope): Template {
  if (template === undefined) return scope.template;
  const names = namesIn(template);
  if (names === undefined) {
    fail(scope, 'Which macros there are has to be known beforehand. Write the name of the file: "forms.twig".', at);
  }
  return findTemplate(names, scope, at);
}
