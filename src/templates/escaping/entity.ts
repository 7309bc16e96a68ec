import { UnsafePlace } from "./unsafe-place.ts";

const MAX_ENTITY_CHARACTERS = 40;
const BEGINNING = /^&(?:#(?:x[0-9a-f]*|[0-9]*)|[a-z][a-z0-9]*)?$/i;

/** Those that stand for a character that means something to a URL, a style or a script. */
const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  AMP: "&",
  lt: "<",
  LT: "<",
  gt: ">",
  GT: ">",
  quot: '"',
  QUOT: '"',
  apos: "'",
  nbsp: "\u00A0",
  Tab: "\t",
  NewLine: "\n",
  colon: ":",
  semi: ";",
  comma: ",",
  period: ".",
  excl: "!",
  quest: "?",
  num: "#",
  sol: "/",
  bsol: "\\",
  lpar: "(",
  rpar: ")",
  lsqb: "[",
  rsqb: "]",
  lcub: "{",
  rcub: "}",
  equals: "=",
  plus: "+",
  ast: "*",
  percnt: "%",
  dollar: "$",
  commat: "@",
  lowbar: "_",
  grave: "`",
  copy: "\u00A9",
  reg: "\u00AE",
  times: "\u00D7",
  euro: "\u20AC",
  hellip: "\u2026",
  ndash: "\u2013",
  mdash: "\u2014",
};
/** Browsers read these without a semicolon too. */
const WITHOUT_SEMICOLON = /^&(?:amp|lt|gt|quot)$/i;

/**
 * Reads one character of an attribute's value as browsers do.
 *
 * @returns What is still open of an entity, and the characters that are certain now.
 * @throws {UnsafePlace} for a named entity that is not known here.
 */
export function readEntity(open: string, character: string): { readonly open: string; readonly decoded: string } {
  if (open === "") return character === "&" ? { open: "&", decoded: "" } : { open: "", decoded: character };
  const longer = open + character;
  if (longer.length <= MAX_ENTITY_CHARACTERS && BEGINNING.test(longer)) return { open: longer, decoded: "" };
  if (character === ";") return { open: "", decoded: decode(open) };
  const isEntity = /^&#(?:\d|x[\da-f])/i.test(open) || (WITHOUT_SEMICOLON.test(open) && character !== "=");
  const rest = readEntity("", character);
  return { open: rest.open, decoded: (isEntity ? decode(open) : open) + rest.decoded };
}

function decode(entity: string): string {
  const name = entity.slice(1);
  if (/^#(?:\d|x[\da-f])/i.test(name)) {
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : "\uFFFD";
  }
  const named = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  if (named !== undefined) return named;
  if (name === "" || name.startsWith("#")) return `${entity};`;
  throw new UnsafePlace(`${entity}; is not understood in this attribute. Write the character itself.`);
}
