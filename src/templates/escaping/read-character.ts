import { type CommentEnd, type Context, moveTo, type Place } from "./context.ts";
import { newTag } from "./new-tag.ts";
import { readElement } from "./read-element.ts";
import { readTag } from "./read-tag.ts";
import { UnsafePlace } from "./unsafe-place.ts";

const NOSCRIPT_END = "</noscript";
/** How a comment's end grows by one character; every other character begins anew. */
const COMMENT_ENDS: Readonly<Record<CommentEnd, Readonly<Record<string, CommentEnd | "end">>>> = {
  start: { "-": "start-", ">": "end" },
  "start-": { "-": "--", ">": "end" },
  "": { "-": "-" },
  "-": { "-": "--" },
  "--": { "-": "--", "!": "--!", ">": "end" },
  "--!": { "-": "-", ">": "end" },
};
const TEXT: Place = { state: "text" };

/**
 * What holds after one more character of a page.
 *
 * @see https://html.spec.whatwg.org/multipage/parsing.html#tokenization
 * @throws {UnsafePlace}
 */
export function readCharacter(context: Context, character: string): Context {
  return watchNoscript(context, readPlace(context, character), character);
}

function readPlace(context: Context, character: string): Context {
  switch (context.state) {
    case "text":
      return character === "<" ? moveTo(context, { state: "tagOpen" }) : context;
    case "tagOpen":
      return moveTo(context, afterTagOpen(character));
    case "endTagOpen":
      return moveTo(context, afterEndTagOpen(character));
    case "declaration":
      return moveTo(context, readDeclaration(context.pending, character));
    case "comment": {
      const pending = COMMENT_ENDS[context.pending][character] ?? "";
      return moveTo(context, pending === "end" ? TEXT : { state: "comment", pending });
    }
    case "bogusComment":
    case "doctype":
      return character === ">" ? moveTo(context, TEXT) : context;
    case "plaintext":
      return context;
    case "element":
      return readElement(context, character);
    default:
      return readTag(context, character);
  }
}

function afterTagOpen(character: string): Place {
  if (/[a-z]/i.test(character)) return { state: "tagName", tag: newTag(character.toLowerCase(), false) };
  if (character === "/") return { state: "endTagOpen" };
  if (character === "!") return { state: "declaration", pending: "" };
  if (character === "?") return { state: "bogusComment" };
  return character === "<" ? { state: "tagOpen" } : TEXT;
}

function afterEndTagOpen(character: string): Place {
  if (/[a-z]/i.test(character)) return { state: "tagName", tag: newTag(character.toLowerCase(), true) };
  return character === ">" ? TEXT : { state: "bogusComment" };
}

function readDeclaration(before: string, character: string): Place {
  const pending = (before + character).toLowerCase();
  if (pending === "--") return { state: "comment", pending: "start" };
  if (pending === "doctype") return { state: "doctype" };
  if (pending === "[cdata[") {
    throw new UnsafePlace(
      "CDATA is read in one way in svg and in another in HTML. Write the text itself, with &lt; for <.",
    );
  }
  if (["--", "doctype", "[cdata["].some((start) => start.startsWith(pending))) return { state: "declaration", pending };
  return character === ">" ? TEXT : { state: "bogusComment" };
}

/** With scripts a browser skips to the end tag of a noscript element, without it reads its tags: both must end at the same place. */
function watchNoscript(before: Context, after: Context, character: string): Context {
  if (after.noscript === undefined) return after;
  const seen = before.noscript === undefined ? "" : before.noscript + character.toLowerCase();
  const noscript = NOSCRIPT_END.startsWith(seen) ? seen : character === "<" ? "<" : "";
  if (noscript === NOSCRIPT_END && after.state !== "tagName") {
    throw new UnsafePlace("Browsers end the noscript element here. Write &lt;/noscript.");
  }
  return after.noscript === noscript ? after : { ...after, noscript };
}
