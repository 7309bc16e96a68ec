import { type Context, isSamePlace, PAGE_TEXT } from "../escaping/context.ts";
import type { Expression, Template } from "../language/node.ts";
import type { Compiler, Scope } from "./compiler.ts";
import { computedPage, computedTemplate, failMissing } from "./computed-page.ts";
import { fail } from "./fail.ts";
import { fileScope } from "./file-scope.ts";
import { findTemplate } from "./find-template.ts";
import { NO_IMPORTS } from "./imports.ts";
import { namesIn } from "./names-in.ts";
import type { Piece, Render } from "./piece.ts";
import type { Recipe } from "./procedures.ts";
import { refuseMisspeltBlocks } from "./refuse-misspelt-blocks.ts";
import { guarded } from "./rendering/guarded.ts";
import { checkOutput } from "./rendering/render-limits.ts";
import { Usage } from "./usage.ts";

/**
 * How a template is compiled with its layouts.
 *
 * What stands outside of its blocks runs first, then what does in its layout, and so on; the last one is what is shown.
 *
 * @param asked The template that was asked for, and the layouts that are known to be around it.
 * @param first The first of those that have not run yet.
 */
export function pageRecipe(compiler: Compiler, asked: readonly Template[], first: number, start: Context): Recipe {
  const [template] = asked as readonly [Template];
  return {
    start,
    compile: (usage) => {
      const lineage = withLayouts(asked, compiler);
      if (first === 0 && lineage.at(-1)?.parent === undefined) refuseMisspeltBlocks(lineage);
      const scopes = lineage.map((each) => fileScope(each, lineage, usage, compiler));
      const layout = scopes.at(-1) as Scope;
      const before = scopes.slice(first).filter(({ template }) => template.parent !== undefined);
      const main = layout.template.parent === undefined ? mainOf(layout, start) : computedLayout(layout, start);
      return { ...main, render: inOrder([...before.map(preparation), main.render]) };
    },
    fail: (problem) => fail({ template }, problem, 0),
  };
}

function withLayouts(asked: readonly Template[], compiler: Compiler): readonly Template[] {
  const lineage = [...asked];
  for (;;) {
    const template = lineage.at(-1) as Template;
    const names = template.parent && namesIn(template.parent);
    if (template.parent === undefined || names === undefined) return lineage;
    const scope: Scope = { compiler, template, lineage, block: undefined, imports: NO_IMPORTS, usage: new Usage() };
    const layout = findTemplate(names, scope, template.parent.at);
    if (lineage.includes(layout)) fail({ template }, circle([...lineage, layout]), template.parent.at);
    lineage.push(layout);
  }
}

function circle(lineage: readonly Template[]): string {
  return `These templates extend each other in a circle: ${lineage.map(({ source }) => source.name).join(" → ")}.`;
}

function mainOf(scope: Scope, start: Context): Piece {
  const { render, end } = scope.compiler.body(scope.template.body, scope, start);
  return { render: guarded(scope.template.source, (frame) => checkOutput(render(frame))), end };
}

/** What a template does that shows nothing itself: it sets variables. Its blocks have their places elsewhere. */
function preparation(scope: Scope): Render {
  const statements = scope.template.body.filter(({ kind }) => kind !== "block" && kind !== "text");
  return guarded(scope.template.source, scope.compiler.body(statements, scope, PAGE_TEXT).render);
}

/** `{% extends name %}`: the layout is compiled when it is met. */
function computedLayout(scope: Scope, start: Context): Piece {
  const { compiler, template, lineage, usage } = scope;
  const parent = template.parent as Expression;
  if (!isSamePlace(start, PAGE_TEXT)) {
    fail(scope, "Only in the text of a page can the name of a layout be computed.", parent.at);
  }
  usage.mentionsLoop = true;
  const name = compiler.value(parent, scope);
  const render = guarded(template.source, (frame) => {
    const value = name(frame);
    frame.at = parent.at;
    const layout = computedTemplate(value, compiler) ?? failMissing(value);
    if (lineage.includes(layout)) throw new TypeError(circle([...lineage, layout]));
    return computedPage([...lineage, layout], lineage.length, compiler, frame).render(frame, parent.at);
  });
  return { render, end: start };
}

function inOrder(renders: readonly Render[]): Render {
  const [only] = renders;
  if (renders.length === 1 && only !== undefined) return only;
  return (frame) => {
    let text = "";
    for (const render of renders) text = render(frame);
    return text;
  };
}
