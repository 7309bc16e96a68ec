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
  if (HOLDS_SCRIPT.test(attribute) && !attribute.startsWith("x-link")) return SCRIPT_START;
  const isData = attribute.startsWith("data-");
  const name = (isData ? attribute.slice("data-".length) : attribute).replace(/^.*:/, "");
  if (!isData && name.startsWith("on")) return SCRIPT_START;
  if (!isData && name === "style") return STYLE_ATTRIBUTE_START;
  if (name === "srcset" || name === "imagesrcset") return SRCSET_START;
  if (attribute.startsWith("xmlns:")) return URL_START;
  if (!isData && loadsCode(tag, name)) return CODE_URL_START;
  return URL_ATTRIBUTES.has(name) || NAMES_URL.test(name) ? URL_START : PLAIN;
}

/** Whether what the template says in this attribute decides about others. */
export function isDecisive(tag: Tag, attribute: string): boolean {
  return DECISIVE[tag.element]?.includes(attribute) ?? false;
}

const DECISIVE: Readonly<Record<string, readonly string[]>> = {
  script: ["type", "language"],
  meta: ["http-equiv"],
  link: ["rel"],
};

function specialContent({ element, refresh }: Tag, attribute: string): Content | undefined {
  if (attribute === "srcdoc") return SRCDOC;
  if (element === "script" && (attribute === "type" || attribute === "language")) return SCRIPT_TYPE;
  if (element === "meta" && attribute === "http-equiv") return HTTP_EQUIV;
  if (element === "meta" && attribute === "content" && refresh === "yes") return REFRESH;
  if (ANIMATES.has(element) && ANIMATED_VALUES.has(attribute)) return WORDS;
  return undefined;
}

function loadsCode({ element, link }: Tag, name: string): boolean {
  const attributes = Object.hasOwn(LOADS_CODE, element) ? LOADS_CODE[element] : undefined;
  if (attributes === undefined || !attributes.includes(name)) return false;
  return element !== "link" || link !== "harmless";
}
