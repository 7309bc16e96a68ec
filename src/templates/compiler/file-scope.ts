import type { Template } from "../language/node.ts";
import type { Compiler, Scope } from "./compiler.ts";
import { NO_IMPORTS } from "./imports.ts";
import type { Usage } from "./usage.ts";
import { withImports } from "./with-imports.ts";

/** The scope of what stands directly in a file. */
export function fileScope(template: Template, lineage: readonly Template[], usage: Usage, compiler: Compiler): Scope {
  return withImports(template.body, { compiler, template, lineage, block: undefined, imports: NO_IMPORTS, usage });
}
