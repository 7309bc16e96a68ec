import { join } from "../../escaping/join.ts";
import type { Scope } from "../compiler.ts";
import { fail } from "../fail.ts";
import { type Decide, type Piece, type Render, textPiece } from "../piece.ts";

export interface Branch {
  readonly test: Decide;
  readonly piece: Piece;
}

/** The first piece whose test holds. Whichever it is, what comes behind has to be escaped alike. */
export function branch(branches: readonly Branch[], otherwise: Piece, scope: Scope, at: number): Piece {
  const tests = branches.map(({ test }) => test);
  const pieces = [...branches.map(({ piece }) => piece), otherwise];
  const end = join(pieces.map((piece) => piece.end));
  if (end === undefined) {
    fail(
      scope,
      "The branches end in different places of the page. Close in each what it opens: tags, quotes, scripts.",
      at,
    );
  }
  const renders = pieces.map(({ render }) => render);
  const texts = pieces.flatMap(({ text }) => text ?? []);
  const render = choice(tests, renders);
  if (texts.length < pieces.length) return { render, end };
  const renderBetween: Piece["renderBetween"] = (before, after) =>
    choice(
      tests,
      texts.map((text) => textPiece([before, text, after].join(""), end).render),
    );
  return { render, renderBetween, end };
}

/** @param renders One for each test, and one for when none of them holds. */
function choice(tests: readonly Decide[], renders: readonly Render[]): Render {
  return tests.reduceRight<Render>((rest, test, index) => {
    const chosen = renders[index] as Render;
    return (frame) => (test(frame) ? chosen(frame) : rest(frame));
  }, renders.at(-1) as Render);
}
