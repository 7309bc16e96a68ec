/**
 * What a browser makes of a page: its tags with the names of their attributes, and its comments, without any text.
 *
 * Written apart from the source on purpose, with regular expressions that take whole tokens, to check it.
 */
export function htmlOutline(page: string): readonly string[] {
  const outline: string[] = [];
  let rest = page.replace(/\r\n?/g, "\n");
  while (rest !== "") {
    const token = nextToken(rest);
    if (token.kind !== "text") outline.push(token.kind);
    rest = rest.slice(token.length);
    if (token.content !== undefined) {
      const end = endOfContent(rest, token.content);
      outline.push(`inside ${token.content}`);
      rest = rest.slice(end);
    }
  }
  return outline;
}

interface Token {
  readonly kind: string;
  readonly length: number;
  /** The element whose content is no HTML. */
  readonly content?: string;
}

const WITH_CONTENT = /^(?:script|style|title|textarea|iframe|xmp|noembed|noframes)$/;
const TAG =
  /^<\/?([a-zA-Z][^\t\n\f />]*)((?:[^>"'=]|=[\t\n\f ]*(?:"[^"]*"|'[^']*'|[^\t\n\f >"'][^\t\n\f >]*)?|["'])*)>/;
const ATTRIBUTE = /([^\t\n\f />][^\t\n\f />=]*)[\t\n\f ]*(?:=[\t\n\f ]*(?:"[^"]*"|'[^']*'|[^\t\n\f >]*))?/g;

function nextToken(rest: string): Token {
  const comment = /^<!--(?:-?>|[\s\S]*?(?:--!?>|$))/.exec(rest);
  if (comment !== null) return { kind: "comment", length: comment[0].length };
  const bogus = /^<(?:[!?]|\/[^a-zA-Z>])[^>]*(?:>|$)/.exec(rest);
  if (bogus !== null) return { kind: "declaration", length: bogus[0].length };
  const tag = TAG.exec(rest);
  if (tag !== null) {
    const [whole, name = "", attributes = ""] = tag;
    const element = name.toLowerCase();
    const names = Array.from(attributes.matchAll(ATTRIBUTE), ([, attribute = ""]) => attribute.toLowerCase());
    const isEnd = whole.startsWith("</");
    const kind = `<${isEnd ? "/" : ""}${[element, ...names].join(" ")}>`;
    return { kind, length: whole.length, ...(!isEnd && WITH_CONTENT.test(element) ? { content: element } : {}) };
  }
  return /^<[a-zA-Z/]/.test(rest)
    ? { kind: "unfinished", length: rest.length }
    : { kind: "text", length: /^<?[^<]*/.exec(rest)?.[0].length ?? 1 };
}

function endOfContent(rest: string, element: string): number {
  const end = new RegExp(`</${element}(?=[\\t\\n\\f />])`, "gi");
  for (const { index } of rest.matchAll(end)) {
    if (element !== "script" || !isNested(rest.slice(0, index))) return index;
  }
  return rest.length;
}

/** Whether a script element was opened in a comment that is still open. */
function isNested(script: string): boolean {
  const open = script.split(/<!--(?:[\s\S]*?-->|-?>)/).at(-1) ?? "";
  const comment = open.split("<!--")[1];
  const tags = comment?.match(/<\/?script(?=[\t\n\f />])/gi) ?? [];
  return tags.at(-1)?.startsWith("</") === false;
}
