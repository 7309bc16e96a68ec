import { type Context, PAGE_TEXT } from "../escaping/context.ts";
import type { IncludeStatement } from "../language/node.ts";
import { withData } from "./assignments.ts";
import type { Scope } from "./compiler.ts";
import { fail } from "./fail.ts";
import { failMissing, findComputed, findIfThere, findNamed, namesIn } from "./find-template.ts";
import type { Frame } from "./frame.ts";
import { type Piece, type Render, textPiece } from "./piece.ts";
import { Outgrown } from "./replay.ts";
import { isSamePlace } from "./same-place.ts";

/** `{% include %}`: a template whose name is known is compiled for the place where it is included. */
export function compileInclude(node: IncludeStatement, scope: Scope, start: Context): Piece {
  const names = namesIn(node.template);
  if (names === undefined) return compileComputed(node, scope, start);
  const { compiler } = scope;
  const { at, ignoresMissing } = node;
  const template = ignoresMissing ? findIfThere(names, scope, at) : findNamed(names, scope, at);
  if (template === undefined) return textPiece("", start);
  const page = compiler.page([template], start);
  if (page.usage.mentionsLoop) scope.usage.mentionsLoop = true;
  return { render: withGiven(node, scope, (frame) => page.render(frame, at)), end: page.end };
}

/** A name that only the data knows: the template is compiled when it is met, for the text of a page. */
function compileComputed(node: IncludeStatement, scope: Scope, start: Context): Piece {
  const { compiler, usage } = scope;
  const { at, ignoresMissing } = node;
  if (!isSamePlace(start, PAGE_TEXT)) {
    fail(scope, "Only in the text of a page can a name be computed. Write the name of the template here.", at);
  }
  usage.mentionsLoop = true;
  const name = compiler.value(node.template, scope);
  const render = withGiven(node, scope, (frame) => {
    const value = name(frame);
    frame.at = at;
    const template = findComputed(value, compiler);
    if (template === undefined) return ignoresMissing ? "" : failMissing(value);
    const page = compiler.page([template], PAGE_TEXT);
    checkIsText(page.end);
    checkFits(frame, scope);
    return page.render(frame, at);
  });
  return { render, end: start };
}

/** @throws {TypeError} when a template that was found while rendering ends elsewhere than in the text of a page. */
export function checkIsText(end: Context): void {
  if (isSamePlace(end, PAGE_TEXT)) return;
  throw new TypeError("A template whose name is computed has to end where it begins, in the text of a page.");
}

/** @throws {Outgrown} when a template that was compiled just now mentions names for which this frame has no place. */
export function checkFits({ variables }: Frame, { compiler }: Scope): void {
  if (compiler.variables.count > variables.length) throw new Outgrown();
}

function withGiven({ data, isAlone, at }: IncludeStatement, scope: Scope, render: Render): Render {
  return withData(render, data && scope.compiler.value(data, scope), isAlone, scope, at);
}
