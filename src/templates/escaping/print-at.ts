import { type Content, printContent } from "./content.ts";
import { type Context, type ElementPlace, moveTo, type ValuePlace } from "./context.ts";
import { escapeComment, escapeHtml, escapePageText, escapeSeparators } from "./escapers/escape-html.ts";
import type { Escaper, Printing } from "./languages/language.ts";
import { afterPrint, startValue } from "./read-tag.ts";
import { UnsafePlace } from "./unsafe-place.ts";

/** What is printed at a place, and what holds after it. */
export interface PrintPlan {
  readonly context: Context;
  readonly escape: Escaper;
  /** Goes out in front of the value. */
  readonly before?: string;
}

const IN_TAG =
  'A value cannot be an attribute or its name. Write the name yourself, as in {% if done %}checked{% endif %} or title="{{ title }}".';
const IN_TAG_NAME =
  "A value cannot be the name of an element. Write the names yourself, in branches if there are several.";
const AFTER_LESS_THAN = "A value after < could become a tag. Write &lt; for the sign itself.";
const BEGINS_MARK = "The value could complete a tag or comment that begins before it. Put a space in between.";
const HTML_COMMENT =
  "A comment of HTML begins in the script before, and the value could help to end it. Write <\\!-- there.";

/**
 * How a value is made safe where it stands.
 *
 * @throws {UnsafePlace} where no escaping is safe.
 */
export function printAt(context: Context): PrintPlan {
  if (context.noscript) throw new UnsafePlace(BEGINS_MARK);
  switch (context.state) {
    case "text":
      return { context, escape: escapePageText };
    case "comment": {
      const after = moveTo(context, { state: "comment", pending: "" });
      return context.pending === ""
        ? { context, escape: escapeComment }
        : { context: after, escape: escapeComment, before: " " };
    }
    case "beforeValue": {
      const plan = printIntoValue(moveTo(context, startValue(context, "ours")));
      return { ...plan, before: `"${plan.before ?? ""}` };
    }
    case "value":
      return printIntoValue(context);
    case "element":
      return printIntoElement(context);
  }
  throw new UnsafePlace(problemAt(context));
}

function printIntoValue(context: Context & ValuePlace): PrintPlan {
  if (context.entity !== "" && isEntityOpen(context)) {
    throw new UnsafePlace("The value could complete an entity that begins before it. Write &amp; for the sign itself.");
  }
  const printing = printContent(context.content);
  return {
    ...beforeOf(printing),
    context: afterPrint(context, printing.after),
    escape: escaperOf(context, printing.escape),
  };
}

/** In a query an ampersand separates fields, and what follows it is encoded so that it ends no entity. */
function isEntityOpen({ content, entity }: ValuePlace): boolean {
  return !(content.language === "url" && content.part === "query" && entity === "&");
}

function escaperOf({ content, quote }: ValuePlace, inner: Escaper): Escaper {
  const isForHtml = content.language === "plain" || content.language === "words";
  const quoted: Escaper = isForHtml ? inner : (value) => escapeHtml(inner(value));
  return quote === "none" ? (value) => escapeSeparators(quoted(value)) : quoted;
}

function printIntoElement(context: Context & ElementPlace): PrintPlan {
  if (context.comment !== "none") throw new UnsafePlace(HTML_COMMENT);
  if (context.pending !== "") throw new UnsafePlace(BEGINS_MARK);
  const printing = printContent(context.content);
  return {
    // Browsers drop a line feed directly after the tag, which might be the first of the value.
    ...(context.element === "textarea" && context.isFresh ? { before: "\n" } : beforeOf(printing)),
    context: { ...context, content: printing.after, pending: "", isFresh: false },
    escape: printing.escape,
  };
}

function beforeOf({ before }: Printing<Content>): Pick<PrintPlan, "before"> {
  return before === undefined ? {} : { before };
}

function problemAt({ state }: Context): string {
  switch (state) {
    case "tagOpen":
    case "endTagOpen":
    case "declaration":
      return AFTER_LESS_THAN;
    case "tagName":
      return IN_TAG_NAME;
    case "doctype":
      return "No value can stand in a doctype. Write <!doctype html>.";
    case "bogusComment":
      return "Browsers read this as a comment that ends at the next >. Write it as <!-- … -->.";
    case "plaintext":
      return "After plaintext browsers read no tag and no entity any more. Use pre instead.";
    default:
      return IN_TAG;
  }
}
