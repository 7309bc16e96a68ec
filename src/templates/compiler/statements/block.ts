import { didYouMean } from "../../../text/did-you-mean.ts";
import type { Context } from "../../escaping/context.ts";
import { definitionsOf } from "../block-recipe.ts";
import type { Scope } from "../compiler.ts";
import { fail } from "../fail.ts";
import type { Piece } from "../piece.ts";

/** `{% block %}`, and `{{ block("name") }}`, `{{ parent() }}` where they stand alone in a print. */
export function compileBlock(name: string, level: number, scope: Scope, start: Context, at: number): Piece {
  if (level >= definitionsOf(name, scope.lineage).length) {
    if (level > 0) fail(scope, `No layout has a block "${name}", so there is nothing that parent() could show.`, at);
    const names = scope.lineage.flatMap(({ blocks }) => [...blocks.keys()]);
    fail(scope, `There is no block "${name}".${didYouMean(name, names)}`, at);
  }
  const block = scope.compiler.block(name, level, scope, start);
  if (block.usage.mentionsLoop) scope.usage.mentionsLoop = true;
  return { render: (frame) => block.render(frame, at), end: block.end };
}
