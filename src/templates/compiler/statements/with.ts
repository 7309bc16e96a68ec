import type { Context } from "../../escaping/context.ts";
import type { WithStatement } from "../../language/node.ts";
import type { Scope } from "../compiler.ts";
import type { Piece } from "../piece.ts";
import { isolated, Usage } from "../usage.ts";
import { withData } from "./with-data.ts";

/** `{% with { a: 1 } only %}…{% endwith %}` */
export function compileWith(node: WithStatement, scope: Scope, start: Context): Piece {
  const used = new Usage();
  const { render, end } = scope.compiler.body(node.body, { ...scope, usage: used }, start);
  if (used.mentionsLoop) scope.usage.mentionsLoop = true;
  const inside = isolated(render, used);
  const given = withData(node, scope);
  return { render: (frame) => given(frame, inside), end };
}
