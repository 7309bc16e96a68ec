import { sliceCharacters } from "../characters.ts";
import { checkTextLength } from "../limits.ts";
import { numberOf } from "../number-of.ts";
import { toText } from "../to-text.ts";
import { ValueFault } from "../value-fault.ts";

const DIRECTIVE = /%(?:(\d{1,3})\$)?([-+ 0]{0,5})(?:'(.))?([-+]{0,2})(\d{0,9})(?:\.(\d{0,3}))?([%bcdeEfFgGosuxX])/gsu;
const MAX_DECIMALS = 100;
const DEFAULT_DECIMALS = 6;
const INTEGER_BITS = 64;

interface Directive {
  readonly flags: string;
  readonly padding: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly letter: string;
}

/**
 * Fills the places of a pattern, as PHP's `sprintf` does: `"%s costs %.2f"`, `"%05d"`, `"%2$s %1$s"`.
 *
 * @throws {ValueFault} when a place has no value, or one of another kind than its letter says.
 */
export function formatText(pattern: string, values: readonly unknown[]): string {
  let next = 0;
  let length = pattern.length;
  return pattern.replace(DIRECTIVE, (_, position, before, fill, after, width, precision, letter) => {
    if (letter === "%") return "%";
    const index = position === undefined ? next++ : Number(position) - 1;
    if (index < 0 || index >= values.length) {
      throw new ValueFault(`The pattern of "format" has more places than the ${values.length} values it was given.`);
    }
    const flags = before + after;
    const padding = fill ?? (/0/.test(flags) ? "0" : " ");
    const decimals = precision === undefined ? undefined : Number(precision);
    length += Number(width);
    checkTextLength(length);
    const text = filled({ flags, padding, width: Number(width), precision: decimals, letter }, values[index]);
    length += text.length;
    checkTextLength(length);
    return text;
  });
}

function filled(directive: Directive, value: unknown): string {
  const { flags, padding, width, letter } = directive;
  const text = textFor(directive, value);
  if (flags.includes("-")) return text.padEnd(width, padding === "0" && letter !== "s" ? " " : padding);
  const hasSign = letter !== "s" && padding === "0" && /^[+-]/.test(text);
  return hasSign ? text.charAt(0) + text.slice(1).padStart(width - 1, padding) : text.padStart(width, padding);
}

function textFor({ flags, precision, letter }: Directive, value: unknown): string {
  if (letter === "s") {
    const text = toText(value);
    return precision === undefined ? text : sliceCharacters(text, 0, precision);
  }
  if (letter === "c") return String.fromCodePoint(Math.min(Math.max(Number(integerOf(value)), 0), 0x10ffff));
  if ("eEfFgG".includes(letter))
    return signed(flags, decimalText(letter, Number(numberOf(value, "format")), precision));
  if (letter === "d") return signed(flags, String(integerOf(value)));
  const unsigned = BigInt.asUintN(INTEGER_BITS, integerOf(value));
  const text = unsigned.toString({ b: 2, o: 8, u: 10 }[letter] ?? 16);
  return letter === "X" ? text.toUpperCase() : text;
}

function decimalText(letter: string, number: number, precision: number | undefined): string {
  const decimals = Math.min(precision ?? DEFAULT_DECIMALS, MAX_DECIMALS);
  if (letter === "f" || letter === "F") return number.toFixed(decimals);
  const text = letter === "e" || letter === "E" ? number.toExponential(decimals) : generalText(number, decimals);
  return letter === "E" || letter === "G" ? text.toUpperCase() : text;
}

function generalText(number: number, digits: number): string {
  return String(Number(number.toPrecision(Math.max(1, digits))));
}

function signed(flags: string, text: string): string {
  return flags.includes("+") && !text.startsWith("-") ? `+${text}` : text;
}

function integerOf(value: unknown): bigint {
  const number = numberOf(value, "format");
  if (typeof number === "bigint") return number;
  if (!Number.isFinite(number)) throw new ValueFault('"format" cannot write an infinite number as an integer.');
  return BigInt(Math.trunc(number));
}
