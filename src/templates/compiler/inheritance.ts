import { didYouMean } from "../../text/did-you-mean.ts";
import { type Context, contextKey, PAGE_TEXT } from "../escaping/context.ts";
import type { BlockStatement, Expression, Template } from "../language/node.ts";
import type { Compiler, Scope } from "./compiler.ts";
import { fail } from "./fail.ts";
import { failMissing, findComputed, findNamed, namesIn } from "./find-template.ts";
import { guarded } from "./guarded.ts";
import { NO_IMPORTS } from "./imports.ts";
import { checkFits, checkIsText } from "./includes.ts";
import type { Piece, Render } from "./piece.ts";
import type { Recipe } from "./procedures.ts";
import { isSamePlace } from "./same-place.ts";
import { Usage } from "./usage.ts";
import { withImports } from "./with-imports.ts";

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
      const scopes = lineage.map((each) => fileScope(each, lineage, usage, compiler));
      const layout = scopes.at(-1) as Scope;
      const before = scopes.slice(first).filter(({ template }) => template.parent !== undefined);
      const main = layout.template.parent === undefined ? mainOf(layout, start) : computedLayout(layout, start);
      return { ...main, render: inOrder([...before.map(preparation), main.render]) };
    },
    failUneven: () => fail({ template }, "A template that includes itself has to end where it begins in the page.", 0),
  };
}

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
    failUneven: () =>
      fail({ template }, "A block that contains itself has to end where it begins in the page.", block.at),
  };
}

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

export function hasBlock(name: string, { lineage }: Scope): boolean {
  return lineage.some(({ blocks }) => blocks.has(name));
}

/** What a block is known by: the same block may look different below another layout, and in another place. */
export function blockKey(name: string, level: number, { lineage }: Scope, start: Context): string {
  return ["block", name, level, contextKey(start), ...lineage.map(({ source }) => source.name)].join("\n");
}

/** The scope of what stands directly in a file. */
export function fileScope(template: Template, lineage: readonly Template[], usage: Usage, compiler: Compiler): Scope {
  return withImports(template.body, { compiler, template, lineage, block: undefined, imports: NO_IMPORTS, usage });
}

function definitionsOf(name: string, lineage: readonly Template[]): readonly (readonly [Template, BlockStatement])[] {
  return lineage.flatMap((template) => {
    const block = template.blocks.get(name);
    return block === undefined ? [] : [[template, block] as const];
  });
}

function withLayouts(asked: readonly Template[], compiler: Compiler): readonly Template[] {
  const lineage = [...asked];
  for (;;) {
    const template = lineage.at(-1) as Template;
    const names = template.parent && namesIn(template.parent);
    if (template.parent === undefined || names === undefined) return lineage;
    const scope = fileScope({ ...template, body: [] }, lineage, new Usage(), compiler);
    const layout = findNamed(names, scope, template.parent.at);
    if (lineage.includes(layout)) fail({ template }, circle([...lineage, layout]), template.parent.at);
    lineage.push(layout);
  }
}

function circle(lineage: readonly Template[]): string {
  return `These templates extend each other in a circle: ${lineage.map(({ source }) => source.name).join(" → ")}.`;
}

function mainOf(scope: Scope, start: Context): Piece {
  const { render, end } = scope.compiler.body(scope.template.body, scope, start);
  return { render: guarded(scope.template.source, render), end };
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
  if (!isSamePlace(start, PAGE_TEXT))
    fail(scope, "Only in the text of a page can the name of a layout be computed.", parent.at);
  usage.mentionsLoop = true;
  const name = compiler.value(parent, scope);
  const render = guarded(template.source, (frame) => {
    const value = name(frame);
    frame.at = parent.at;
    const layout = findComputed(value, compiler) ?? failMissing(value);
    if (lineage.includes(layout)) throw new TypeError(circle([...lineage, layout]));
    const page = compiler.page([...lineage, layout], start, lineage.length);
    checkIsText(page.end);
    checkFits(frame, scope);
    return page.render(frame, parent.at);
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
