import { checkTextLength } from "../limits.ts";

/** How much longer the compatibility form of a character can be. */
const MAX_LETTERS_FOR_ONE = 18;
/** Letters with nothing to take off. */
const SPELLINGS: Readonly<Record<string, string>> = {
  ß: "ss",
  ẞ: "SS",
  æ: "ae",
  Æ: "AE",
  œ: "oe",
  Œ: "OE",
  ø: "o",
  Ø: "O",
  đ: "d",
  Đ: "D",
  ł: "l",
  Ł: "L",
  ð: "d",
  Ð: "D",
  þ: "th",
  Þ: "TH",
  ı: "i",
};

/**
 * A text as a part of a URL: letters and digits of any script, without accents, and the separator between words.
 *
 * @param separator Default `-`.
 * @see Unicode Standard Annex 15 (NFKD)
 */
export function slugOf(text: string, separator = "-"): string {
  checkTextLength(text.length * Math.max(MAX_LETTERS_FOR_ONE, separator.length));
  const plain = text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[ßẞæÆœŒøØđĐłŁðÐþÞı]/g, (letter) => SPELLINGS[letter] ?? letter)
    .normalize("NFC");
  return (plain.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).join(separator);
}
