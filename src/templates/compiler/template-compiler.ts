import { type Context, contextKey, isSamePlace, PAGE_TEXT } from "../escaping/context.ts";
import type { Expression, MacroStatement, Statement, Template } from "../language/node.ts";
import { parseTemplate } from "../language/parse-template.ts";
import type { TemplateFolder } from "../template-folder.ts";
import { blockKey, blockRecipe } from "./block-recipe.ts";
import type { Callables } from "./callables.ts";
import type { Compiler, Scope } from "./compiler.ts";
import { compileCondition } from "./expressions/condition.ts";
import { compileExpression } from "./expressions/expression.ts";
import { fail } from "./fail.ts";
import { fileImports } from "./file-imports.ts";
import type { Imports } from "./imports.ts";
import { macroRecipe } from "./macro-recipe.ts";
import { pageRecipe } from "./page-recipe.ts";
import type { Decide, Evaluate, Piece } from "./piece.ts";
import type { Procedure } from "./procedure.ts";
import { Procedures } from "./procedures.ts";
import type { Variables } from "./rendering/variables.ts";
import { compileBody } from "./statements/body.ts";
import { compilePrint } from "./statements/print.ts";
import { mentionsVarargs } from "./varargs.ts";

/**
 * Compiles the templates of a folder to functions, each file once for each kind of place where it stands.
 *
 * A compiler knows its files as they were when it first read them. When they change, another one takes its place.
 */
export class TemplateCompiler implements Compiler {
  readonly variables: Variables;
  readonly callables: Callables;
  readonly #folder: TemplateFolder;
  readonly #templates = new Map<string, Template>();
  readonly #whole = new Map<string, Procedure>();
  readonly #stamps = new Map<string, string>();
  readonly #included = new Set<string>();
  readonly #procedures = new Procedures();
  readonly #fileImports = new Map<Template, Imports>();
  readonly #takesRest = new Map<MacroStatement, boolean>();

  constructor(folder: TemplateFolder, variables: Variables, callables: Callables) {
    this.#folder = folder;
    this.variables = variables;
    this.callables = callables;
  }

  /**
   * A template as a page of its own.
   *
   * @returns `undefined` when there is no such file.
   * @throws {TemplateError} `TEMPLATE_INVALID` when it cannot be compiled.
   */
  whole(name: string): Procedure | undefined {
    const known = this.#whole.get(name);
    if (known !== undefined) return known;
    const template = this.load(name);
    if (template === undefined) return undefined;
    const page = this.#page([template], PAGE_TEXT, 0);
    if (!isSamePlace(page.end, PAGE_TEXT)) {
      fail(
        { template },
        "The page ends within a tag, comment, script or the like. Close what is open.",
        template.source.text.length,
      );
    }
    this.#whole.set(name, page);
    return page;
  }

  /** Whether a file is no longer as it was when it was read, or one is there now that was missing. */
  isOutdated(): boolean {
    for (const [name, stamp] of this.#stamps) if (this.#folder.stamp(name) !== stamp) return true;
    return false;
  }

  /** Whether another template has been compiled that includes this one. */
  isIncluded(name: string): boolean {
    return this.#included.has(name);
  }

  readonly load = (name: string): Template | undefined => {
    const known = this.#templates.get(name);
    if (known !== undefined) return known;
    const stamp = this.#folder.stamp(name);
    const source = this.#folder.read(name);
    // A name that is asked for while a page is rendered is looked for each time, so nothing is kept about it.
    if (source !== undefined || this.#procedures.isCompiling) this.#stamps.set(name, stamp);
    if (source === undefined) return undefined;
    const template = parseTemplate(source);
    this.#templates.set(name, template);
    return template;
  };

  readonly names = (): readonly string[] => this.#folder.names();

  readonly body = (statements: readonly Statement[], scope: Scope, start: Context): Piece =>
    compileBody(statements, scope, start);

  readonly value = (expression: Expression, scope: Scope): Evaluate => compileExpression(expression, scope);

  readonly condition = (expression: Expression, scope: Scope): Decide => compileCondition(expression, scope);

  readonly print = (expression: Expression, scope: Scope, start: Context): Piece =>
    compilePrint(expression, scope, start, expression.at);

  readonly page = (lineage: readonly Template[], start: Context, first = 0): Procedure => {
    const page = this.#page(lineage, start, first);
    for (const { source } of lineage.slice(first)) this.#included.add(source.name);
    return page;
  };

  readonly block = (name: string, level: number, scope: Scope, start: Context): Procedure =>
    this.#procedures.get(blockKey(name, level, scope, start), blockRecipe(name, level, scope, start));

  readonly macro = (template: Template, macro: MacroStatement): Procedure =>
    this.#procedures.get(["macro", template.source.name, macro.name].join("\n"), macroRecipe(this, template, macro));

  /** Each block and each macro asks, and a file may be long. */
  readonly fileImports = (template: Template): Imports => {
    const known = this.#fileImports.get(template) ?? fileImports(template, this);
    this.#fileImports.set(template, known);
    return known;
  };

  /** Each call of a macro asks, and a macro may be long. */
  readonly takesRest = (macro: MacroStatement): boolean => {
    const known = this.#takesRest.get(macro) ?? mentionsVarargs(macro);
    this.#takesRest.set(macro, known);
    return known;
  };

  #page(lineage: readonly Template[], start: Context, first: number): Procedure {
    const names = lineage.map(({ source }) => source.name);
    const key = ["page", first, contextKey(start), ...names].join("\n");
    return this.#procedures.get(key, pageRecipe(this, lineage, first, start));
  }
}
