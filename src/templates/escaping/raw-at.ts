import { rawContent } from "./content.ts";
import { type Context, moveTo, type ValuePlace } from "./context.ts";
import { afterPrint, startValue } from "./read-tag.ts";
import { UnsafePlace } from "./unsafe-place.ts";

/**
 * What holds after a value that was printed with `|raw`, as if it closed everything that it opened.
 *
 * @returns As for a print; `before` may be a quote that has to go out in front.
 * @throws {UnsafePlace} where a value could only be meant by mistake.
 */
export function rawAt(context: Context): { readonly context: Context; readonly before?: string } {
  switch (context.state) {
    case "comment":
      return { context: moveTo(context, { state: "comment", pending: "" }) };
    case "tagName":
    case "beforeAttribute":
    case "attributeName":
    case "afterAttributeName":
      return { context: moveTo(context, { state: "gap", tag: context.tag }) };
    case "beforeValue":
      return { context: rawInValue(moveTo(context, startValue(context, "ours"))), before: '"' };
    case "value":
      return { context: rawInValue(context) };
    case "element":
      return { context: { ...context, content: rawContent(context.content), pending: "", isFresh: false } };
    case "tagOpen":
    case "endTagOpen":
    case "declaration":
      throw new UnsafePlace("A value after < could become any tag. Print the whole tag, with its <.");
    default:
      return { context };
  }
}

function rawInValue(context: Context & ValuePlace): Context {
  return afterPrint(context, rawContent(context.content));
}
