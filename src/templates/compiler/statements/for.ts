import { type Context, isSamePlace } from "../../escaping/context.ts";
import { join } from "../../escaping/join.ts";
import type { ForStatement } from "../../language/node.ts";
import type { Scope } from "../compiler.ts";
import { fail } from "../fail.ts";
import type { Evaluate, Piece, Render } from "../piece.ts";
import { Loop } from "../rendering/loop.ts";
import { checkOutput } from "../rendering/render-limits.ts";
import { variableOf } from "../rendering/variable-of.ts";
import { Usage } from "../usage.ts";

/** A place in the page is found again after one or two rounds, or never. */
const MAX_ATTEMPTS = 3;
/** Asking for the time takes as long as a short round. */
const ROUNDS_UNCHECKED = 16;

/** The places of the variables that a loop sets itself, of which it may have only one. */
interface Slots {
  readonly value: number;
  readonly key: number;
  readonly loop: number;
}

const NONE = -1;

/** `{% for %}…{% else %}…{% endfor %}` */
export function compileFor(node: ForStatement, scope: Scope, start: Context): Piece {
  const { compiler, usage } = scope;
  const sequence = compiler.value(node.sequence, scope);
  const { body, used } = compileBody(node, scope, start);
  const otherwise = compiler.body(node.otherwise, scope, start);
  const end = join([body.end, otherwise.end]);
  if (end === undefined) fail(scope, 'The loop and its "else" end in different places of the page.', node.at);
  const slots = slotsOf(node, scope, used);
  const kept = [...used.changed].filter((slot) => !Object.values(slots).includes(slot));
  for (const slot of kept) usage.changed.add(slot);
  if (used.mentionsLoop) usage.mentionsLoop = true;
  return { render: restoring(rounds(sequence, slots, body.render, otherwise.render, node.at), slots, kept), end };
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

function slotsOf({ key, value }: ForStatement, { compiler }: Scope, used: Usage): Slots {
  const { variables } = compiler;
  return {
    value: variables.slotOf(value),
    key: key === undefined ? NONE : variables.slotOf(key),
    loop: used.mentionsLoop ? variables.slotOf("loop") : NONE,
  };
}

function rounds(sequence: Evaluate, slots: Slots, body: Render, otherwise: Render, at: number): Render {
  return (frame) => {
    const walked = sequence(frame);
    frame.at = at;
    const { keys, values } = frame.answers.entriesOf(walked);
    const count = values.length;
    if (count === 0) return otherwise(frame);
    frame.spend(count);
    const { variables } = frame;
    const loop = slots.loop === NONE ? undefined : new Loop(count, variables[slots.loop]);
    if (loop !== undefined) variables[slots.loop] = loop;
    let text = "";
    for (let index = 0; index < count; index += 1) {
      variables[slots.value] = variableOf(values[index]);
      if (slots.key !== NONE) variables[slots.key] = keys === undefined ? index : keys[index];
      loop?.turnTo(index);
      if (index % ROUNDS_UNCHECKED === 0) frame.answers.checkTime();
      text += body(frame);
      checkOutput(text);
    }
    return text;
  };
}

/** What a loop sets is gone behind it; what its body sets remains only where there was something before. */
function restoring(render: Render, slots: Slots, kept: readonly number[]): Render {
  const own = [slots.value, slots.key, slots.loop].filter((slot) => slot !== NONE);
  return (frame) => {
    const { variables } = frame;
    const covered = own.map((slot) => variables[slot]);
    const absent = kept.filter((slot) => variables[slot] === undefined);
    const text = render(frame);
    for (const slot of absent) variables[slot] = undefined;
    for (const [index, slot] of own.entries()) variables[slot] = covered[index];
    return text;
  };
}
