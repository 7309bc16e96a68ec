import { readContent } from "./content.ts";
import { type Context, type ElementPlace, moveTo } from "./context.ts";
import { newTag } from "./tag-facts.ts";
import { UnsafePlace } from "./unsafe-place.ts";

const AFTER_NAME = /[\t\n\f\r />]/;

/** Follows an element in which only its own end tag is read: a script, a style, a title, a textarea. */
export function readElement(context: Context & ElementPlace, character: string): Context {
  const { element, comment, pending } = context;
  const seen = pending + character.toLowerCase();
  if (AFTER_NAME.test(character)) {
    if (pending === `</${element}` && comment !== "nested") return leave(context, character);
    if (pending === `</${element}`) return follow(context, character, "", "escaped");
    if (pending === "<script" && comment === "escaped") return follow(context, character, "", "nested");
  }
  if (element === "script" && seen === "<!--" && comment === "none") return follow(context, character, "--", "escaped");
  if (comment !== "none" && seen === "-->") return follow(context, character, "", "none");
  if (context.foreignDepth > 0 && pending !== "" && !`</${element}`.startsWith(seen)) {
    throw new UnsafePlace(
      `In svg and math a tag inside of <${element}> is read, elsewhere it is not. Write &lt; for <.`,
    );
  }
  return follow(context, character, beginningOf(context, seen, character), comment);
}

/** What of the characters read may be the beginning of something that is looked for. */
function beginningOf({ element, comment }: ElementPlace, seen: string, character: string): string {
  const wanted = [`</${element}`];
  if (element === "script" && comment === "none") wanted.push("<!--");
  if (comment !== "none") wanted.push("<script", "-->");
  if (wanted.some((mark) => mark.startsWith(seen))) return seen;
  if (seen === "---") return "--";
  return wanted.some((mark) => mark.startsWith(character)) ? character : "";
}

function follow(
  context: Context & ElementPlace,
  character: string,
  pending: string,
  comment: ElementPlace["comment"],
): Context {
  return { ...context, content: readContent(context.content, character), pending, comment, isFresh: false };
}

function leave(context: Context & ElementPlace, character: string): Context {
  if (character === ">") return moveTo(context, { state: "text" });
  const tag = { ...newTag(context.element, true), isSelfClosing: character === "/" };
  return moveTo(context, { state: "beforeAttribute", tag });
}
