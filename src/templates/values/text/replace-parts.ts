import { entriesOf } from "../entries-of.ts";
import { checkTextLength, LIMITS } from "../limits.ts";
import { toText } from "../to-text.ts";
import { ValueFault } from "../value-fault.ts";

type Replacement = readonly [from: string, to: string];

/**
 * Puts other texts in the place of some, in one pass: the longest that fits counts, and nothing is replaced twice.
 *
 * @param pairs A mapping of what is looked for to what comes in its place.
 */
export function replaceParts(text: string, pairs: unknown): string {
  const byFirst = replacementsByFirst(pairs);
  let result = "";
  let kept = 0;
  let compared = 0;
  for (let at = 0; at < text.length; ) {
    const found = byFirst.get(text.charAt(at))?.find(([from]) => {
      compared += from.length;
      return text.startsWith(from, at);
    });
    if (compared > LIMITS.comparedCharacters) throw new ValueFault('"replace" looks for texts too long and too alike.');
    if (found === undefined) {
      at += 1;
      continue;
    }
    result += text.slice(kept, at) + found[1];
    checkTextLength(result.length);
    at += found[0].length;
    kept = at;
  }
  checkTextLength(result.length + text.length - kept);
  return result + text.slice(kept);
}

function replacementsByFirst(pairs: unknown): ReadonlyMap<string, readonly Replacement[]> {
  const { keys, values } = entriesOf(pairs);
  if (keys === undefined) throw new ValueFault(`"replace" needs a mapping. Write it as |replace({ "a": "b" }).`);
  if (keys.length > LIMITS.replacements) {
    throw new ValueFault(`"replace" takes up to ${LIMITS.replacements} pairs.`);
  }
  const replacements = keys.map((key, index): Replacement => [toText(key), toText(values[index])]);
  replacements.sort(([one], [other]) => other.length - one.length);
  const byFirst = new Map<string, Replacement[]>();
  for (const replacement of replacements) {
    const first = replacement[0].charAt(0);
    if (first === "") continue;
    const others = byFirst.get(first);
    if (others === undefined) byFirst.set(first, [replacement]);
    else others.push(replacement);
  }
  return byFirst;
}
