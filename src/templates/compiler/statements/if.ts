import type { Context } from "../../escaping/context.ts";
import type { IfStatement } from "../../language/node.ts";
import type { Scope } from "../compiler.ts";
import type { Piece } from "../piece.ts";
import { branch } from "./branch.ts";

/** `{% if %}…{% elseif %}…{% else %}…{% endif %}` */
export function compileIf({ branches, otherwise, at }: IfStatement, scope: Scope, start: Context): Piece {
  const { compiler } = scope;
  const compiled = branches.map(({ test, body }) => ({
    test: compiler.condition(test, scope),
    piece: compiler.body(body, scope, start),
  }));
  return branch(compiled, compiler.body(otherwise, scope, start), scope, at);
}
