import { attributeContent, isDecisive } from "./attribute-content.ts";
import { type Content, readContent } from "./content.ts";
import { type Context, moveTo, type Tag, type ValuePlace } from "./context.ts";
import { elementContent } from "./element-content.ts";
import { readEntity } from "./entity.ts";
import { withAttribute } from "./new-tag.ts";
import { UnsafePlace } from "./unsafe-place.ts";

type TagContext = Extract<Context, { readonly tag: Tag }>;

const GAP = "The branches before end inside of a name or after it. Put a space here.";
const SPACE = /[\t\n\f\r ]/;

/** Follows a tag from its name to its end. */
export function readTag(context: TagContext, character: string): Context {
  switch (context.state) {
    case "tagName":
      if (/[\t\n\f\r />]/.test(character)) return endName(context, context.tag, character);
      return { ...context, tag: { ...context.tag, element: context.tag.element + character.toLowerCase() } };
    case "beforeAttribute":
      return readBeforeAttribute(context, character);
    case "gap":
      // A value without quotes may have come before, and then the slash belongs to it.
      if (character === "/" && /^(?:svg|math)$/.test(context.tag.element)) throw new UnsafePlace(GAP);
      if (/[\t\n\f\r />]/.test(character)) return endName(context, context.tag, character);
      throw new UnsafePlace(GAP);
    case "attributeName":
      return readAttributeName(context, character);
    case "afterAttributeName":
      if (SPACE.test(character)) return context;
      if (character === "=") return { ...context, state: "beforeValue" };
      return readBeforeAttribute(
        moveTo(context, { state: "beforeAttribute" as const, tag: endAttribute(context) }),
        character,
      );
    case "beforeValue":
      return readBeforeValue(context, character);
    case "value":
      return readValue(context, character);
  }
}

/** The value that begins after `name=`. */
export function startValue(
  { tag, attribute }: { readonly tag: Tag; readonly attribute: string },
  quote: ValuePlace["quote"],
): ValuePlace {
  const literal = isDecisive(tag, attribute) ? "" : undefined;
  return { state: "value", tag, attribute, quote, content: attributeContent(tag, attribute), entity: "", literal };
}

/** The value after something was printed into it: what the template itself says in it is not known any more. */
export function afterPrint(place: Context & ValuePlace, content: Content): Context & ValuePlace {
  const isContent = place.tag.element === "meta" && place.attribute === "content";
  const tag = isContent ? { ...place.tag, isContentPrinted: true } : place.tag;
  return { ...place, tag, content, entity: "", literal: undefined };
}

function endName(context: Context, tag: Tag, character: string): Context {
  if (character === ">") return endTag(context, tag);
  return moveTo(context, { state: "beforeAttribute", tag: { ...tag, isSelfClosing: character === "/" } });
}

function readBeforeAttribute(context: Context & { readonly tag: Tag }, character: string): Context {
  const { tag } = context;
  if (character === ">") return endTag(context, tag);
  if (character === "/" || SPACE.test(character)) return endName(context, tag, character);
  if (character === "=") throw new UnsafePlace("An attribute begins with =. Write its name in front of it.");
  const open: Tag = { ...tag, isSelfClosing: false };
  return moveTo(context, { state: "attributeName", tag: open, attribute: character.toLowerCase() });
}

function readAttributeName(
  context: TagContext & { readonly state: "attributeName" | "afterAttributeName" | "beforeValue" },
  character: string,
): Context {
  if (character === "=") return { ...context, state: "beforeValue" };
  if (SPACE.test(character)) return { ...context, state: "afterAttributeName" };
  if (character === "/" || character === ">") return endName(context, endAttribute(context), character);
  return { ...context, attribute: context.attribute + character.toLowerCase() };
}

function readBeforeValue(
  context: Context & { readonly tag: Tag; readonly attribute: string },
  character: string,
): Context {
  if (SPACE.test(character)) return context;
  if (character === ">") return endTag(context, endAttribute(context));
  if (character === '"' || character === "'") return moveTo(context, startValue(context, character));
  return readValue(moveTo(context, startValue(context, "none")), character);
}

function readValue(context: Context & ValuePlace, character: string): Context {
  const { quote, tag, attribute, literal } = context;
  const isQuoted = quote === '"' || quote === "'";
  const isEnd = isQuoted ? character === quote : /[\t\n\f\r >]/.test(character);
  if (isEnd) {
    const closed = withAttribute(tag, attribute, isDecisive(tag, attribute) ? literal : undefined);
    return isQuoted ? moveTo(context, { state: "beforeAttribute", tag: closed }) : endName(context, closed, character);
  }
  const followed: Context & ValuePlace = literal === undefined ? context : { ...context, literal: literal + character };
  if (context.content.language === "plain" || context.content.language === "refused") return followed;
  const { open, decoded } = readEntity(context.entity, character);
  let { content } = followed;
  for (const one of decoded) content = readContent(content, one);
  return { ...followed, content, entity: open };
}

/** An attribute without a value. */
function endAttribute({ tag, attribute }: { readonly tag: Tag; readonly attribute: string }): Tag {
  return withAttribute(tag, attribute, "");
}

function endTag(context: Context, tag: Tag): Context {
  const { element, isEnd, isSelfClosing } = tag;
  const isForeign = context.foreignDepth > 0;
  const text = moveTo(context, { state: "text" });
  if (element === "svg" || element === "math") {
    if (isEnd) return { ...text, foreignDepth: Math.max(0, context.foreignDepth - 1) };
    return isSelfClosing ? text : { ...text, foreignDepth: context.foreignDepth + 1 };
  }
  if (element === "noscript") return { ...text, noscript: isEnd ? undefined : "" };
  if (isEnd) return text;
  if (element === "plaintext") return moveTo(context, { state: "plaintext" });
  const content = elementContent(tag, isForeign);
  if (content === undefined) return text;
  if (isForeign && isSelfClosing) {
    throw new UnsafePlace(
      `In svg and math <${element}/> has no content, elsewhere it has. Write <${element}></${element}>.`,
    );
  }
  return moveTo(context, { state: "element", element, content, pending: "", comment: "none", isFresh: true });
}
