import { type Context, PAGE_TEXT } from "../escaping/context.ts";
import {
  APPLIED,
  type ApplyStatement,
  type CaptureStatement,
  type SetStatement,
  type WithStatement,
} from "../language/node.ts";
import { Markup } from "../markup.ts";
import { isIterable } from "../values/entries-of.ts";
import type { Scope } from "./compiler.ts";
import { fail } from "./fail.ts";
import type { Frame } from "./frame.ts";
import { type Evaluate, type Piece, type Render, textPiece } from "./piece.ts";
import { checkOutput } from "./render-limits.ts";
import { isSamePlace } from "./same-place.ts";
import { isolated, Usage } from "./usage.ts";
import { variableOf } from "./variable-of.ts";

/** `{% set a, b = 1, 2 %}`: all values are known before the first name is set. */
export function compileSet({ names, values }: SetStatement, scope: Scope, start: Context): Piece {
  const slots = names.map((name) => changedSlot(name, scope));
  const evaluated = values.map((value) => scope.compiler.value(value, scope));
  const [slot = -1] = slots;
  const [value] = evaluated;
  if (value !== undefined && slots.length === 1) return effect((frame) => assign(frame, slot, value(frame)), start);
  return effect((frame) => {
    const results = evaluated.map((each) => each(frame));
    for (const [index, each] of slots.entries()) assign(frame, each, results[index]);
  }, start);
}

/** `{% set a %}…{% endset %}` */
export function compileCapture({ name, body, at }: CaptureStatement, scope: Scope, start: Context): Piece {
  const text = captured(scope.compiler.body(body, scope, PAGE_TEXT), scope, at);
  const slot = changedSlot(name, scope);
  return effect((frame) => assign(frame, slot, text(frame)), start);
}

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

/** `{% do … %}`: for what a function does, not for what it gives. */
export function compileDo(value: Evaluate, start: Context): Piece {
  return effect((frame) => void value(frame), start);
}

/** `{% with { a: 1 } only %}…{% endwith %}` */
export function compileWith({ data, isAlone, body, at }: WithStatement, scope: Scope, start: Context): Piece {
  const used = new Usage();
  const { render, end } = scope.compiler.body(body, { ...scope, usage: used }, start);
  if (used.mentionsLoop && !isAlone) scope.usage.mentionsLoop = true;
  return {
    render: withData(isolated(render, used), data && scope.compiler.value(data, scope), isAlone, scope, at),
    end,
  };
}

/** Renders with further variables, or with them alone, and puts back what was there. */
export function withData(
  render: Render,
  data: Evaluate | undefined,
  isAlone: boolean,
  { compiler }: Scope,
  at: number,
): Render {
  if (data === undefined && !isAlone) return render;
  const { variables } = compiler;
  return (frame) => {
    const given = data?.(frame);
    frame.at = at;
    const outer = frame.variables;
    if (isAlone) frame.variables = variables.fresh();
    const covered = variables.cover(frame.variables, mapping(given));
    const text = render(frame);
    frame.variables = outer;
    if (!isAlone) for (let at = covered.length - 2; at >= 0; at -= 2) outer[covered[at] as number] = covered[at + 1];
    return text;
  };
}

/** What a body gives, as a value. It can be printed anywhere, so it has to be the text of a page, and whole. */
export function captured({ render, end }: Piece, scope: Scope, at: number): (frame: Frame) => Markup {
  if (!isSamePlace(end, PAGE_TEXT)) fail(scope, "This has to end where it began: close in it what it opens.", at);
  return (frame) => new Markup(checkOutput(render(frame)));
}

function effect(run: (frame: Frame) => void, start: Context): Piece {
  const render = (frame: Frame): string => {
    run(frame);
    return "";
  };
  return { ...textPiece("", start), render, text: undefined };
}

function changedSlot(name: string, { compiler, usage }: Scope): number {
  const slot = compiler.variables.slotOf(name);
  usage.changed.add(slot);
  return slot;
}

function assign({ variables }: Frame, slot: number, value: unknown): void {
  variables[slot] = variableOf(value);
}

function mapping(value: unknown): unknown {
  if (value === undefined || value === null || (isIterable(value) && !Array.isArray(value))) return value;
  throw new TypeError('What stands behind "with" has to be a hash, as { title: page.title }.');
}
