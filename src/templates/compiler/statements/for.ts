import type { Context } from "../../escaping/context.ts";
import { join } from "../../escaping/join.ts";
import type { ForStatement } from "../../language/node.ts";
import { entriesOf } from "../../values/entries-of.ts";
import type { Scope } from "../compiler.ts";
import { fail } from "../fail.ts";
import type { Evaluate, Piece, Render } from "../piece.ts";
import type { Frame } from "../rendering/frame.ts";
import { Loop } from "../rendering/loop.ts";
import { checkOutput } from "../rendering/render-limits.ts";
import { variableOf } from "../rendering/variable-of.ts";
import { isSamePlace } from "../same-place.ts";
import { Usage } from "../usage.ts";

/** A place in the page is found again after one or two rounds, or never. */
const MAX_ATTEMPTS = 3;

/** `{% for %}…{% else %}…{% endfor %}` */
export function compileFor(node: ForStatement, scope: Scope, start: Context): Piece {
  const { compiler, usage } = scope;
  const sequence = compiler.value(node.sequence, scope);
  const { body, used } = compileBody(node, scope, start);
  const otherwise = compiler.body(node.otherwise, scope, start);
  const end = join([body.end, otherwise.end]);
  if (end === undefined) fail(scope, 'The loop and its "else" end in different places of the page.', node.at);
  const own = ownVariables(node, scope, used);
  const kept = [...used.changed].filter((slot) => !own.includes(slot));
  for (const slot of kept) usage.changed.add(slot);
  if (used.mentionsLoop) usage.mentionsLoop = true;
  return { render: restoring(rounds(node, own, sequence, body.render, otherwise.render), own, kept), end };
}

/** A second round begins where the first one ended, so the body has to be right for both. */
function compileBody(node: ForStatement, scope: Scope, start: Context): { readonly body: Piece; readonly used: Usage } {
  let entered = start;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const used = new Usage();
    const body = scope.compiler.body(node.body, { ...scope, usage: used }, entered);
    const again = join([entered, body.end]);
    if (again === undefined) break;
    if (isSamePlace(again, entered)) return { body: { ...body, end: again }, used };
    entered = again;
  }
  return fail(
    scope,
    "A loop has to end where it began: close in it the tags, quotes and scripts that it opens.",
    node.at,
  );
}

/** The places of what the loop itself sets: its value, its key or -1, and `loop` or -1. */
function ownVariables({ key, value }: ForStatement, { compiler }: Scope, used: Usage): readonly number[] {
  const { variables } = compiler;
  const keySlot = key === undefined ? -1 : variables.slotOf(key);
  return [variables.slotOf(value), keySlot, used.mentionsLoop ? variables.slotOf("loop") : -1];
}

function rounds(
  { at }: ForStatement,
  [valueSlot = -1, keySlot = -1, loopSlot = -1]: readonly number[],
  sequence: Evaluate,
  body: Render,
  otherwise: Render,
): Render {
  return (frame) => {
    const walked = sequence(frame);
    frame.at = at;
    const { keys, values } = entriesOf(walked);
    const count = values.length;
    if (count === 0) return otherwise(frame);
    frame.spend(count);
    const { variables } = frame;
    const loop = loopSlot < 0 ? undefined : new Loop(count, variables[loopSlot]);
    if (loop !== undefined) variables[loopSlot] = loop;
    let text = "";
    for (let index = 0; index < count; index += 1) {
      variables[valueSlot] = variableOf(values[index]);
      if (keySlot >= 0) variables[keySlot] = keys === undefined ? index : keys[index];
      loop?.turnTo(index);
      text += body(frame);
      checkOutput(text);
    }
    return text;
  };
}

/** What a loop sets is gone behind it; what its body sets remains only where there was something before. */
function restoring(render: Render, own: readonly number[], kept: readonly number[]): Render {
  const [valueSlot = -1, keySlot = -1, loopSlot = -1] = own;
  return (frame: Frame) => {
    const { variables } = frame;
    const value = variables[valueSlot];
    const key = keySlot < 0 ? undefined : variables[keySlot];
    const loop = loopSlot < 0 ? undefined : variables[loopSlot];
    const absent = kept.length === 0 ? kept : kept.filter((slot) => variables[slot] === undefined);
    const text = render(frame);
    for (const slot of absent) variables[slot] = undefined;
    if (loopSlot >= 0) variables[loopSlot] = loop;
    if (keySlot >= 0) variables[keySlot] = key;
    variables[valueSlot] = value;
    return text;
  };
}
