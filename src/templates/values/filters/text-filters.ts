import type { Callable } from "../callable.ts";
import { sliceCharacters } from "../characters.ts";
import { wholeNumberOf } from "../number-of.ts";
import { formatText } from "../text/format-text.ts";
import { replaceParts } from "../text/replace-parts.ts";
import { slugOf } from "../text/slug-of.ts";
import { splitText } from "../text/split-text.ts";
import { stripTags } from "../text/strip-tags.ts";
import { trimmed } from "../text/trimmed.ts";
import { toText } from "../to-text.ts";

const WORD = /[\p{L}\p{N}\p{M}'’]+/gu;

export const TEXT_FILTERS: Readonly<Record<string, Callable>> = {
  capitalize: { parameters: [], call: ([value]) => capitalized(toText(value)) },
  format: { parameters: ["...values"], call: ([value, ...values]) => formatText(toText(value), values) },
  lower: { parameters: [], call: ([value]) => toText(value).toLowerCase() },
  replace: { parameters: ["from"], required: 1, call: ([value, pairs]) => replaceParts(toText(value), pairs) },
  slug: { parameters: ["separator"], call: ([value, separator]) => slugOf(toText(value), toText(separator ?? "-")) },
  split: {
    parameters: ["delimiter", "limit"],
    required: 1,
    call: ([value, delimiter, limit]) =>
      splitText(toText(value), toText(delimiter), limit === undefined ? undefined : wholeNumberOf(limit, "split")),
  },
  striptags: { parameters: [], call: ([value]) => stripTags(toText(value)) },
  title: { parameters: [], call: ([value]) => toText(value).replace(WORD, capitalized) },
  trim: {
    parameters: ["character_mask", "side"],
    call: ([value, mask, side]) => trimmed(value, mask, side),
  },
  upper: { parameters: [], call: ([value]) => toText(value).toUpperCase() },
};

function capitalized(text: string): string {
  const first = sliceCharacters(text, 0, 1);
  return first.toUpperCase() + text.slice(first.length).toLowerCase();
}
