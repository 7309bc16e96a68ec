import { type Context, isSamePlace, PAGE_TEXT } from "../../escaping/context.ts";
import type { IncludeStatement } from "../../language/node.ts";
import type { Scope } from "../compiler.ts";
import { computedPage, computedTemplate, failMissing } from "../computed-page.ts";
import { fail } from "../fail.ts";
import { findIfThere, findTemplate } from "../find-template.ts";
import { namesIn } from "../names-in.ts";
import { type Piece, type Render, textPiece } from "../piece.ts";
import { withData } from "./with-data.ts";

/** `{% include %}`: a template whose name is known is compiled for the place where it is included. */
export function compileInclude(node: IncludeStatement, scope: Scope, start: Context): Piece {
  const { at, ignoresMissing } = node;
  const names = namesIn(node.template);
  if (names === undefined) return compileComputed(node, scope, start);
  const template = ignoresMissing ? findIfThere(names, scope, at) : findTemplate(names, scope, at);
  if (template === undefined) return textPiece("", start);
  const page = scope.compiler.page([template], start);
  if (page.usage.mentionsLoop) scope.usage.mentionsLoop = true;
  const render: Render = (frame) => page.render(frame, at);
  const given = withData(node, scope);
  return { render: (frame) => given(frame, render), end: page.end };
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
  const given = withData(node, scope);
  const render: Render = (frame) => {
    const value = name(frame);
    frame.at = at;
    const template = computedTemplate(value, compiler);
    if (template === undefined) return ignoresMissing ? "" : failMissing(value);
    const page = computedPage([template], 0, compiler, frame);
    return given(frame, () => page.render(frame, at));
  };
  return { render, end: start };
}
