import { joinContents } from "./content.ts";
import { type Context, isSamePlace, moveTo, type Tag } from "./context.ts";
import { isOrdinaryElement } from "./element-content.ts";
import { withAttribute } from "./new-tag.ts";

type TagContext = Extract<Context, { readonly tag: Tag }>;

/**
 * What holds after branches that may each have been taken.
 *
 * Where branches differ only in what a later print would need, that print is the error, not the branches.
 *
 * @returns `undefined` when they end in places that cannot be one.
 */
export function join(contexts: readonly Context[]): Context | undefined {
  return contexts.reduce<Context | undefined>(
    (joined, context) => (joined === undefined ? undefined : joinTwo(joined, context)),
    contexts[0],
  );
}

function joinTwo(one: Context, other: Context): Context | undefined {
  if (isSamePlace(one, other)) return one;
  if (one.foreignDepth !== other.foreignDepth || one.noscript !== other.noscript) return undefined;
  if (one.state === "value" && other.state === "value") return joinValues(one, other);
  if (one.state === "element" && other.state === "element") return joinElements(one, other);
  return "tag" in one && "tag" in other ? joinTags(one, other) : undefined;
}

function joinValues(
  one: Extract<Context, { readonly state: "value" }>,
  other: Extract<Context, { readonly state: "value" }>,
): Context | undefined {
  const tag = joinFacts(one.tag, other.tag);
  const isAlike = one.attribute === other.attribute && one.quote === other.quote && one.entity === other.entity;
  if (tag === undefined || !isAlike) return undefined;
  const content = joinContents(one.content, other.content);
  if (content === undefined) return undefined;
  return { ...one, tag, content, literal: one.literal === other.literal ? one.literal : undefined };
}

function joinElements(
  one: Extract<Context, { readonly state: "element" }>,
  other: Extract<Context, { readonly state: "element" }>,
): Context | undefined {
  const isAlike = one.element === other.element && one.pending === other.pending && one.comment === other.comment;
  if (!isAlike) return undefined;
  const content = joinContents(one.content, other.content);
  return content === undefined ? undefined : { ...one, content, isFresh: one.isFresh || other.isFresh };
}

/** `<option{% if … %} selected{% endif %}>`: between names, where one may have ended or not. */
function joinTags(one: TagContext, other: TagContext): Context | undefined {
  const left = closeName(one);
  const right = closeName(other);
  if (left === undefined || right === undefined) return undefined;
  const tag = joinFacts(left, right);
  if (tag === undefined) return undefined;
  const isBetween = [one, other].every(({ state }) => state === "beforeAttribute" || state === "afterAttributeName");
  return moveTo(one, { state: isBetween ? "beforeAttribute" : "gap", tag });
}

/** What is known of the tag if the name that is being read ends here. */
function closeName(context: TagContext): Tag | undefined {
  switch (context.state) {
    case "tagName":
    case "gap":
    case "beforeAttribute":
      return context.tag;
    case "attributeName":
    case "afterAttributeName":
      return withAttribute(context.tag, context.attribute, "");
    case "value":
      return context.quote === "none" ? withAttribute(context.tag, context.attribute, context.literal) : undefined;
    default:
      return undefined;
  }
}

function joinFacts(one: Tag, other: Tag): Tag | undefined {
  if (one.isEnd !== other.isEnd) return undefined;
  const isSameElement = one.element === other.element;
  if (!isSameElement && !(isOrdinaryElement(one.element) && isOrdinaryElement(other.element))) return undefined;
  return {
    element: isSameElement ? one.element : "",
    isEnd: one.isEnd,
    isSelfClosing: one.isSelfClosing && other.isSelfClosing,
    script: joinScripts(one.script, other.script),
    refresh: one.refresh === other.refresh ? one.refresh : "yes",
    link: one.link === other.link ? one.link : "loads",
    isContentPrinted: one.isContentPrinted || other.isContentPrinted,
  };
}

/** A script without a type is one of JavaScript, until it gets a type. */
function joinScripts(one: Tag["script"], other: Tag["script"]): Tag["script"] {
  if (one === other) return one;
  return (one ?? "javascript") === (other ?? "javascript") ? undefined : "other";
}
