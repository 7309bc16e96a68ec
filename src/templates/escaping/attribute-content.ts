import type { Content } from "./content.ts";
import type { Tag } from "./context.ts";
import { PLAIN, refused, WORDS } from "./languages/plain-language.ts";
import { SCRIPT_START } from "./languages/script-state.ts";
import { SRCSET_START } from "./languages/srcset-language.ts";
import { STYLE_ATTRIBUTE_START } from "./languages/style-language.ts";
import { CODE_URL_START, URL_START } from "./languages/url-language.ts";

const URL_ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    "action archive attributionsrc background cite classid codebase data dynsrc formaction href icon longdesc lowsrc manifest ping " +
    "poster profile src usemap xmlns"
  ).split(" "),
);
const DATA_URLS: ReadonlySet<string> = new Set(["href", "formaction", "poster", "frond-action", "frond-redirect"]);
const NAMES_URL = /(?:^|[-_.])(?:src|ur[il])|(?:src|ur[il])(?:$|[-_.])/;

/** `onclick`, and the attributes in which client-side frameworks look for expressions. */
const HOLDS_SCRIPT = /^(?:on|@|:|v-|x-|hx-on|ng-)/;

/** Attributes of elements that run what they name, or show it as a frame of the page. */
const LOADS_CODE: Readonly<Record<string, readonly string[]>> = {
  applet: ["archive", "codebase", "code", "object"],
  base: ["href"],
  embed: ["src"],
  frame: ["src"],
  iframe: ["src"],
  html: ["manifest"],
  link: ["href"],
  object: ["archive", "classid", "codebase", "data"],
  param: ["value"],
  portal: ["src"],
  script: ["src", "href"],
  use: ["href"],
};

const ANIMATES: ReadonlySet<string> = new Set(["set", "animate", "animatemotion", "animatetransform", "animatecolor"]);
const ANIMATED_VALUES: ReadonlySet<string> = new Set(["from", "to", "by", "values", "attributename"]);

const SRCDOC = refused(
  "The value of srcdoc is a page of its own, and nothing is safe in it. Give the frame a src that answers with that page.",
);
const REFRESH = refused(
  "No value is safe in a meta refresh. Redirect with an answer of the server, or show a link instead.",
);
const SCRIPT_TYPE = refused(
  "The type of a script decides how it is escaped, so it cannot be a value. Write it into the template, in branches if there are several.",
);
const HTTP_EQUIV = refused(
  "http-equiv decides how content is read, so it cannot be a value. Write it into the template.",
);

/** What the value of an attribute is written in. */
export function attributeContent(tag: Tag, attribute: string): Content {
  const special = specialContent(tag, attribute);
  if (special !== undefined) return special;
  if (HOLDS_SCRIPT.test(attribute)) return SCRIPT_START;
  if (attribute.startsWith("data-")) return dataContent(attribute.slice("data-".length));
  const name = attribute.replace(/^.*:/, "");
  if (name.startsWith("on")) return SCRIPT_START;
  if (name === "style") return STYLE_ATTRIBUTE_START;
  if (name === "srcset" || name === "imagesrcset") return SRCSET_START;
  if (loadsCode(tag, name)) return CODE_URL_START;
  return attribute.startsWith("xmlns:") || URL_ATTRIBUTES.has(name) || NAMES_URL.test(name) ? URL_START : PLAIN;
}

/** Whether what the template says in this attribute decides about others. */
export function isDecisive(tag: Tag, attribute: string): boolean {
  return has(DECISIVE, tag.element, attribute);
}

const DECISIVE: Readonly<Record<string, readonly string[]>> = {
  script: ["type", "language"],
  meta: ["http-equiv"],
  link: ["rel"],
};

/** Only a script of the page can make something of it: what is named like a URL will be used as one. */
function dataContent(name: string): Content {
  if (name === "srcset") return SRCSET_START;
  return DATA_URLS.has(name) || NAMES_URL.test(name) ? URL_START : PLAIN;
}

function specialContent({ element, refresh }: Tag, attribute: string): Content | undefined {
  if (attribute === "srcdoc") return SRCDOC;
  if (element === "script" && (attribute === "type" || attribute === "language")) return SCRIPT_TYPE;
  if (element === "meta" && attribute === "http-equiv") return HTTP_EQUIV;
  if (element === "meta" && attribute === "content" && refresh === "yes") return REFRESH;
  if (ANIMATES.has(element) && ANIMATED_VALUES.has(attribute)) return WORDS;
  return undefined;
}

function loadsCode(tag: Tag, name: string): boolean {
  return has(LOADS_CODE, tag.element, name) && tag.link !== "harmless";
}

/** An element may have any name, also one that every object has. */
function has(table: Readonly<Record<string, readonly string[]>>, element: string, attribute: string): boolean {
  return Object.hasOwn(table, element) && table[element]?.includes(attribute) === true;
}
