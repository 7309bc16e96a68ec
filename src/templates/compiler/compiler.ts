import type { Context } from "../escaping/context.ts";
import type { Expression, MacroStatement, Statement, Template } from "../language/node.ts";
import type { Callables } from "./callables.ts";
import type { Imports } from "./imports.ts";
import type { Decide, Evaluate, Piece } from "./piece.ts";
import type { Procedure } from "./procedure.ts";
import type { Variables } from "./rendering/variables.ts";
import type { Usage } from "./usage.ts";

/**
 * What the parts of the compiler ask of each other. A loop has a body, in which an expression may hold a block, in which is a loop:
 * so they do not import one another, but meet here.
 */
export interface Compiler {
  readonly variables: Variables;
  readonly callables: Callables;
  /** @returns `undefined` when there is no such file. */
  readonly load: (name: string) => Template | undefined;
  /** The names of all templates, for an error that tells which one was meant. */
  readonly names: () => readonly string[];
  readonly body: (statements: readonly Statement[], scope: Scope, start: Context) => Piece;
  readonly value: (expression: Expression, scope: Scope) => Evaluate;
  readonly condition: (expression: Expression, scope: Scope) => Decide;
  readonly print: (expression: Expression, scope: Scope, start: Context) => Piece;
  /**
   * A template with its layouts, for a place in a page.
   *
   * @param lineage The template, and the layouts that are known to be around it.
   * @param first The first of them that has not run yet. Default 0.
   */
  readonly page: (lineage: readonly Template[], start: Context, first?: number) => Procedure;
  /** A block, for a place in a page. @param level 0 is the definition that counts, 1 what `parent()` shows in it. */
  readonly block: (name: string, level: number, scope: Scope, start: Context) => Procedure;
  readonly macro: (template: Template, macro: MacroStatement) => Procedure;
  /** What a file imports for all that stands in it. */
  readonly fileImports: (template: Template) => Imports;
  /** Whether a macro takes more arguments than it has names for. */
  readonly takesRest: (macro: MacroStatement) => boolean;
}

/** Where in a page a statement or expression stands, while it is compiled. */
export interface Scope {
  readonly compiler: Compiler;
  /** The file it stands in. */
  readonly template: Template;
  /** That file, or the one that extends it, and so on down to the one that was asked for, which comes first. */
  readonly lineage: readonly Template[];
  /** The block it stands in: which of the definitions in the lineage, 0 being the one that counts. */
  readonly block: { readonly name: string; readonly level: number } | undefined;
  readonly imports: Imports;
  /** What is noted about variables, for whatever has to put them back. */
  readonly usage: Usage;
}
