import type { Template } from "../language/node.ts";
import type { Compiler, Scope } from "./compiler.ts";
import type { Usage } from "./usage.ts";

/** The scope of what stands directly in a file. */
export function fileScope(template: Template, lineage: readonly Template[], usage: Usage, compiler: Compiler): Scope {
  return { compiler, template, lineage, block: undefined, imports: compiler.fileImports(template), usage };
}
