import type { Content } from "./content.ts";
import type { Tag } from "./context.ts";
import { JSON_START } from "./languages/json-language.ts";
import { PLAIN, refused } from "./languages/plain-language.ts";
import { SCRIPT_START } from "./languages/script-state.ts";
import { STYLE_SHEET_START } from "./languages/style-language.ts";

const NO_ESCAPING = refused(
  "Browsers read neither tags nor entities in this element, so nothing can be escaped in it. Use pre, or leave the element empty.",
);
const OTHER_SCRIPT = refused(
  "Nobody can say how a script of this type is read. Print the value into a script of type application/json, or into a data attribute.",
);
const FOREIGN = refused(
  "In svg and math, scripts and styles follow other rules. Put the script or style outside, into the page itself.",
);

const RAW_TEXT: ReadonlySet<string> = new Set(["iframe", "noembed", "noframes", "xmp"]);

/** Elements that are read in a way of their own, or have attributes that are. */
const SPECIAL: ReadonlySet<string> = new Set(
  (
    "animate animatecolor animatemotion animatetransform applet base embed frame html iframe link math meta noembed noframes " +
    "noscript object param plaintext portal script set style svg textarea title use xmp"
  ).split(" "),
);

/**
 * What an element holds in which no tag is read but its own end.
 *
 * @returns `undefined` for every other element.
 */
export function elementContent({ element, script }: Tag, isForeign: boolean): Content | undefined {
  if (element === "title" || element === "textarea") return PLAIN;
  if (RAW_TEXT.has(element)) return NO_ESCAPING;
  if (element !== "script" && element !== "style") return undefined;
  if (isForeign) return FOREIGN;
  if (element === "style") return STYLE_SHEET_START;
  if (script === "json") return JSON_START;
  return script === "other" ? OTHER_SCRIPT : SCRIPT_START;
}

/** Whether neither its content nor its attributes are read in a way of their own. */
export function isOrdinaryElement(element: string): boolean {
  return !SPECIAL.has(element);
}
