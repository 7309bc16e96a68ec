import type { Template } from "../language/node.ts";
import type { Compiler } from "./compiler.ts";
import { type Imports, NO_IMPORTS } from "./imports.ts";
import { Usage } from "./usage.ts";
import { withImports } from "./with-imports.ts";

/** What a file imports for all that stands in it. */
export function fileImports(template: Template, compiler: Compiler): Imports {
  const bare = { compiler, template, lineage: [], block: undefined, imports: NO_IMPORTS, usage: new Usage() };
  return withImports(template.body, bare).imports;
}
