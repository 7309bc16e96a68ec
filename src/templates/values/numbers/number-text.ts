import { checkTextLength } from "../limits.ts";
import { rounded } from "./rounded.ts";

const MAX_DECIMALS = 100;
/** From here on JavaScript writes numbers with an exponent. */
const LARGE = 1e21;
const GROUP = 3;

/** A number with so many decimals, as `1,234.50`. @param decimals 0 to 100. */
export function numberText(number: number | bigint, decimals: number, point: string, separator: string): string {
  const places = Math.max(0, Math.min(decimals, MAX_DECIMALS));
  const value = rounded(number, decimals < 0 ? decimals : places, "common");
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  const digits = digitsOf(value < 0 ? -value : value, places);
  const [whole = "", fraction] = digits.split(".");
  checkTextLength(whole.length * (separator.length + 1) + point.length);
  const isNegative = value < 0 && /[1-9]/.test(digits);
  return `${isNegative ? "-" : ""}${grouped(whole, separator)}${fraction === undefined ? "" : point + fraction}`;
}

function digitsOf(value: number | bigint, places: number): string {
  if (typeof value === "number" && value < LARGE) return value.toFixed(places);
  return `${BigInt(value)}${places > 0 ? `.${"0".repeat(places)}` : ""}`;
}

function grouped(digits: string, separator: string): string {
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= GROUP) groups.unshift(digits.slice(Math.max(0, end - GROUP), end));
  return groups.join(separator);
}
