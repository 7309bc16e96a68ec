/**
 * A text without what looks like tags and comments of HTML. For showing a part of an HTML text as plain text.
 *
 * It makes nothing safe, and need not: the result is escaped where it is printed.
 */
export function stripTags(text: string): string {
  let result = "";
  let from = 0;
  for (;;) {
    const open = text.indexOf("<", from);
    if (open < 0) return result + text.slice(from);
    // PHP and Twig keep a "<" before a space: "1 < 2" is no tag.
    const isTag = !/^\s?$/.test(text.charAt(open + 1));
    result += text.slice(from, isTag ? open : open + 1);
    from = isTag ? endOfTag(text, open) : open + 1;
  }
}

/** Behind the tag or comment, which ends at the latest with the text. */
function endOfTag(text: string, open: number): number {
  if (text.startsWith("<!--", open)) return behind(text.indexOf("-->", open + 4), 3, text);
  let quote = "";
  for (let at = open + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === ">") return at + 1;
    else if (character === '"' || character === "'") quote = character;
  }
  return text.length;
}

function behind(found: number, length: number, text: string): number {
  return found < 0 ? text.length : found + length;
}
