import { join } from "../../escaping/join.ts";
import type { Scope } from "../compiler.ts";
import { fail } from "../fail.ts";
import type { Decide, Piece, Render } from "../piece.ts";

export interface Branch {
  readonly test: Decide;
  readonly piece: Piece;
}

/** The first piece whose test holds. Whichever it is, what comes behind has to be escaped alike. */
export function branch(branches: readonly Branch[], otherwise: Piece, scope: Scope, at: number): Piece {
  const end = join([...branches.map(({ piece }) => piece.end), otherwise.end]);
  if (end === undefined) {
    fail(
      scope,
      "The branches end in different places of the page. Close in each what it opens: tags, quotes, scripts.",
      at,
    );
  }
  const render = branches.reduceRight<Render>((rest, { test, piece }) => {
    const { render: chosen } = piece;
    return (frame) => (test(frame) ? chosen(frame) : rest(frame));
  }, otherwise.render);
  return { render, end };
}
