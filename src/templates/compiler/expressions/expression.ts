import type { Expression } from "../../language/node.ts";
import { isTruthy } from "../../values/is-truthy.ts";
import { mappingOf } from "../../values/mapping-of.ts";
import { memberOf } from "../../values/member-of.ts";
import { sliceOf } from "../../values/slice-of.ts";
import type { Scope } from "../compiler.ts";
import { fail } from "../fail.ts";
import type { Evaluate } from "../piece.ts";
import { compileArrow } from "./arrow.ts";
import { compileBinary } from "./binary.ts";
import { compileCall } from "./call.ts";
import { compileFilter } from "./filter.ts";
import { compileImportedCall } from "./macro-call.ts";
import { compileTest } from "./test.ts";
import { compileUnary } from "./unary.ts";

type Node<Kind extends Expression["kind"]> = Extract<Expression, { readonly kind: Kind }>;

/** Compiles an expression to a function of a frame. */
export function compileExpression(node: Expression, scope: Scope): Evaluate {
  switch (node.kind) {
    case "literal":
      return () => node.value;
    case "name":
      return compileName(node, scope);
    case "member":
      return compileMember(node, scope);
    case "slice":
      return compileSlice(node, scope);
    case "list":
      return compileList(node, scope);
    case "hash":
      return compileHash(node, scope);
    case "unary":
      return compileUnary(node, scope);
    case "binary":
      return compileBinary(node, scope);
    case "conditional":
      return compileConditional(node, scope);
    case "test":
      return compileTest(node, scope);
    case "filter":
      return compileFilter(node, scope);
    case "call":
      return compileCall(node, scope);
    case "macroCall":
      return compileImportedCall(node, scope);
    case "arrow":
      return compileArrow(node, scope);
  }
}

function compileName({ name, at }: Node<"name">, { compiler, usage, ...scope }: Scope): Evaluate {
  if (name === "_self" || name === "_context") {
    fail(
      scope,
      `"${name}" is no value here. Name the variables you need, and macros of this file as _self.name().`,
      at,
    );
  }
  if (name === "loop") usage.mentionsLoop = true;
  const slot = compiler.variables.slotOf(name);
  return (frame) => frame.variables[slot];
}

function compileMember({ object, key, at }: Node<"member">, scope: Scope): Evaluate {
  const { value } = scope.compiler;
  const owner = value(object, scope);
  if (key.kind === "literal") {
    const name = key.value;
    if (object.kind === "name") return memberOfVariable(scope.compiler.variables.slotOf(object.name), name, at);
    return (frame) => {
      const owned = owner(frame);
      frame.at = at;
      return memberOf(owned, name);
    };
  }
  const computed = value(key, scope);
  return (frame) => {
    const owned = owner(frame);
    const name = computed(frame);
    frame.at = at;
    return memberOf(owned, name);
  };
}

/** `product.price` is what pages are made of: so it is one step and not two. */
function memberOfVariable(slot: number, name: unknown, at: number): Evaluate {
  return (frame) => {
    frame.at = at;
    return memberOf(frame.variables[slot], name);
  };
}

function compileSlice({ object, start, length, at }: Node<"slice">, scope: Scope): Evaluate {
  const { value } = scope.compiler;
  const [whole, from, count] = [value(object, scope), start && value(start, scope), length && value(length, scope)];
  return (frame) => {
    const sliced = whole(frame);
    const [first, many] = [from?.(frame), count?.(frame)];
    frame.at = at;
    return sliceOf(sliced, first, many);
  };
}

function compileList({ items }: Node<"list">, scope: Scope): Evaluate {
  const values = items.map((item) => scope.compiler.value(item, scope));
  return (frame) => values.map((value) => value(frame));
}

function compileHash({ entries }: Node<"hash">, scope: Scope): Evaluate {
  const { value } = scope.compiler;
  const compiled = entries.map((entry) => ({ key: value(entry.key, scope), value: value(entry.value, scope) }));
  return (frame) =>
    mappingOf(
      compiled.map((entry) => entry.key(frame)),
      compiled.map((entry) => entry.value(frame)),
    );
}

function compileConditional({ test, consequence, otherwise }: Node<"conditional">, scope: Scope): Evaluate {
  const { value, condition } = scope.compiler;
  const other = value(otherwise, scope);
  if (consequence === undefined) {
    const tested = value(test, scope);
    return (frame) => {
      const result = tested(frame);
      return isTruthy(result) ? result : other(frame);
    };
  }
  const holds = condition(test, scope);
  const chosen = value(consequence, scope);
  return (frame) => (holds(frame) ? chosen(frame) : other(frame));
}
