import type { MacroStatement, Template } from "../language/node.ts";

/** A macro, and the file it stands in. */
export interface ImportedMacro {
  readonly template: Template;
  readonly macro: MacroStatement;
}

/** What `import` and `from` have brought in, by the names it has here. */
export interface Imports {
  readonly templates: ReadonlyMap<string, Template>;
  readonly macros: ReadonlyMap<string, ImportedMacro>;
}

export const NO_IMPORTS: Imports = { templates: new Map(), macros: new Map() };
