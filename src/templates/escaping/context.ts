import { isDeepStrictEqual } from "node:util";
import type { Content } from "./content.ts";

/** What is known of the tag being read. */
export interface Tag {
  /** Lower case. Empty where branches leave open which of several ordinary elements it is. */
  readonly element: string;
  readonly isEnd: boolean;
  /** Whether the last character was a slash. */
  readonly isSelfClosing: boolean;
  /** What the first `type` or `language` of a script says it holds. */
  readonly script: ScriptKind | undefined;
  /** Whether the first `http-equiv` of a meta element makes its content an instruction to go elsewhere. */
  readonly refresh: "yes" | "no" | undefined;
  /** Whether the first `rel` of a link says that nothing is loaded into the page. */
  readonly link: "harmless" | "loads" | undefined;
  /** Whether a value was printed into `content`. */
  readonly isContentPrinted: boolean;
}

export type ScriptKind = "javascript" | "json" | "other";

/** How far the end of a comment has been read. `start` and `start-` only stand directly after `<!--`. */
export type CommentEnd = "start" | "start-" | "" | "-" | "--" | "--!";

/** A part of the tokenization of HTML, named after what is read next. */
export type Place =
  | { readonly state: "text" | "tagOpen" | "endTagOpen" | "bogusComment" | "doctype" | "plaintext" }
  /** After `<!`, with what was read since. */
  | { readonly state: "declaration"; readonly pending: string }
  | { readonly state: "comment"; readonly pending: CommentEnd }
  /** `gap`: a name may have ended or not, so that white space, a slash or the tag's end has to come. */
  | { readonly state: "tagName" | "beforeAttribute" | "gap"; readonly tag: Tag }
  | {
      readonly state: "attributeName" | "afterAttributeName" | "beforeValue";
      readonly tag: Tag;
      readonly attribute: string;
    }
  | ValuePlace
  | ElementPlace;

export interface ValuePlace {
  readonly state: "value";
  readonly tag: Tag;
  readonly attribute: string;
  /** `ours`: the template has none, and a value comes first, so that we write double quotes; `none`: it begins with text. */
  readonly quote: '"' | "'" | "ours" | "none";
  readonly content: Content;
  /** The beginning of an entity. */
  readonly entity: string;
  /** What the template itself says; `undefined` once a value was printed. Only kept where it decides about something. */
  readonly literal: string | undefined;
}

/** In an element in which no tag but its own end is read. */
export interface ElementPlace {
  readonly state: "element";
  readonly element: string;
  readonly content: Content;
  /** The beginning of a tag or a comment. */
  readonly pending: string;
  /** Script only: `escaped` after `<!--`, `nested` after a `<script` in there, where `</script>` ends nothing. */
  readonly comment: "none" | "escaped" | "nested";
  readonly isFresh: boolean;
}

interface OpenElements {
  /** How many svg and math elements are open: in them some rules of HTML do not hold. */
  readonly foreignDepth: number;
  /** In a noscript element, how much of its end tag the last characters are; else undefined. */
  readonly noscript: string | undefined;
}

/** Where in a page something stands, as far as escaping depends on it. Immutable. */
export type Context = OpenElements & Place;

/** Ordinary text of a page. */
export const PAGE_TEXT: Context = { state: "text", foreignDepth: 0, noscript: undefined };

/** Equal for equal contexts, and for no others. */
export function contextKey(context: Context): string {
  return JSON.stringify(context, (_key, value: unknown) =>
    typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).sort()) : value,
  );
}

/** Whether two places of a page are one, as far as escaping goes. */
export function isSamePlace(one: Context, other: Context): boolean {
  return one === other || isDeepStrictEqual(one, other);
}

/** The same elements are open, at another place. */
export function moveTo<To extends Place>(context: Context, place: To): OpenElements & To {
  return { foreignDepth: context.foreignDepth, noscript: context.noscript, ...place };
}
