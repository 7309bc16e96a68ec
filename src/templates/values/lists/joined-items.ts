import { entriesOf, isIterable } from "../entries-of.ts";
import { checkTextLength } from "../limits.ts";
import { toText } from "../to-text.ts";

/** The items of a list in one text, with glue between them, and other glue before the last one if there is one. */
export function joinedItems(value: unknown, glue: unknown, and: unknown): string {
  if (!isIterable(value)) return toText(value);
  const { values } = entriesOf(value);
  const between = toText(glue);
  const beforeLast = and === undefined || and === null ? between : toText(and);
  const last = values.length - 1;
  let text = "";
  for (let index = 0; index <= last; index += 1) {
    if (index > 0) text += index === last ? beforeLast : between;
    text += toText(values[index]);
    checkTextLength(text.length);
  }
  return text;
}
