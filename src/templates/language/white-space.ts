const BLANKS_AND_LINE_ENDS = " \t\0\v\r\n";
const BLANKS = " \t\0\v";

/** What a tag takes away beside itself: `-` all white space, `~` all on its line, nothing otherwise. */
type WhiteSpaceMark = string;

/** Where white space begins that ends at `end`, not before `start`. */
export function beforeWhiteSpace(text: string, start: number, end: number, mark: WhiteSpaceMark): number {
  const taken = takenBy(mark);
  let at = end;
  while (at > start && taken.includes(text.charAt(at - 1))) at -= 1;
  return at;
}

/** Where white space ends that begins at `start`. */
export function afterWhiteSpace(text: string, start: number, mark: WhiteSpaceMark): number {
  const taken = takenBy(mark);
  let at = start;
  while (at < text.length && taken.includes(text.charAt(at))) at += 1;
  return at;
}

/** A tag that stands alone on its line shall not leave an empty line behind. */
export function afterLineEnd(text: string, at: number): number {
  if (text.startsWith("\r\n", at)) return at + 2;
  return text[at] === "\n" ? at + 1 : at;
}

function takenBy(mark: WhiteSpaceMark): string {
  if (mark === "") return "";
  return mark === "-" ? BLANKS_AND_LINE_ENDS : BLANKS;
}
