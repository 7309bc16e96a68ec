import { type Context, PAGE_TEXT } from "../../escaping/context.ts";
import type { CaptureStatement, SetStatement } from "../../language/node.ts";
import type { Scope } from "../compiler.ts";
import type { Piece } from "../piece.ts";
import type { Frame } from "../rendering/frame.ts";
import { variableOf } from "../rendering/variable-of.ts";
import { captured } from "./captured.ts";
import { effect } from "./effect.ts";

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

function assign({ variables }: Frame, slot: number, value: unknown): void {
  variables[slot] = variableOf(value);
}

function changedSlot(name: string, { compiler, usage }: Scope): number {
  const slot = compiler.variables.slotOf(name);
  usage.changed.add(slot);
  return slot;
}

/** `{% set a %}…{% endset %}` */
export function compileCapture({ name, body, at }: CaptureStatement, scope: Scope, start: Context): Piece {
  const text = captured(scope.compiler.body(body, scope, PAGE_TEXT), scope, at);
  const slot = changedSlot(name, scope);
  return effect((frame) => assign(frame, slot, text(frame)), start);
}
