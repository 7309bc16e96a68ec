import { type Context, contextKey } from "../escaping/context.ts";
import type { BlockStatement, Template } from "../language/node.ts";
import type { Scope } from "./compiler.ts";
import { fail } from "./fail.ts";
import { fileScope } from "./file-scope.ts";
import type { Recipe } from "./procedures.ts";
import { guarded } from "./rendering/guarded.ts";

/** How a block is compiled for the place in which the layout puts it. @param level 0 is the definition that counts. */
export function blockRecipe(name: string, level: number, scope: Scope, start: Context): Recipe {
  const [template, block] = definitionsOf(name, scope.lineage)[level] as readonly [Template, BlockStatement];
  return {
    start,
    compile: (usage) => {
      const file = fileScope(template, scope.lineage, usage, scope.compiler);
      const { render, end } = scope.compiler.body(block.body, { ...file, block: { name, level } }, start);
      return { render: guarded(template.source, render), end };
    },
    fail: (problem) => fail({ template }, problem, block.at),
  };
}

/** What a block is known by: the same block may look different below another layout, and in another place. */
export function blockKey(name: string, level: number, { lineage }: Scope, start: Context): string {
  return ["block", name, level, contextKey(start), ...lineage.map(({ source }) => source.name)].join("\n");
}

export function definitionsOf(
  name: string,
  lineage: readonly Template[],
): readonly (readonly [Template, BlockStatement])[] {
  return lineage.flatMap((template) => {
    const block = template.blocks.get(name);
    return block === undefined ? [] : [[template, block] as const];
  });
}

export function hasBlock(name: string, { lineage }: Scope): boolean {
  return lineage.some(({ blocks }) => blocks.has(name));
}
