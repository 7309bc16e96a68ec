import { type Context, PAGE_TEXT } from "../../escaping/context.ts";
import { APPLIED, type ApplyStatement } from "../../language/node.ts";
import type { Scope } from "../compiler.ts";
import type { Piece } from "../piece.ts";
import { captured } from "./captured.ts";

/** `{% apply upper %}…{% endapply %}` */
export function compileApply({ value, body, at }: ApplyStatement, scope: Scope, start: Context): Piece {
  const { compiler } = scope;
  const text = captured(compiler.body(body, scope, PAGE_TEXT), scope, at);
  const slot = compiler.variables.slotOf(APPLIED);
  const { render, end } = compiler.print(value, scope, start);
  return {
    render: (frame) => {
      const outer = frame.variables[slot];
      frame.variables[slot] = text(frame);
      const printed = render(frame);
      frame.variables[slot] = outer;
      return printed;
    },
    end,
  };
}
