import { ValueFault } from "../value-fault.ts";

const MAX_DECIMALS = 300;

/**
 * A number with so many decimals; half goes away from zero, as people write it: 1.005 becomes 1.01.
 *
 * @param precision Decimals; a negative one rounds to tens, hundreds and so on.
 * @param method `common`, `ceil` or `floor`.
 */
export function rounded(number: number | bigint, precision: number, method: string): number | bigint {
  const round = METHODS.get(method);
  if (round === undefined) throw new ValueFault('"round" has the methods "common", "ceil" and "floor".');
  if (typeof number === "bigint" && precision >= 0) return number;
  const value = Number(number);
  if (!Number.isFinite(value)) return value;
  const decimals = Math.max(-MAX_DECIMALS, Math.min(precision, MAX_DECIMALS));
  const shifted = shift(value, decimals);
  // So large a number has no decimals to lose.
  return Number.isFinite(shifted) ? shift(round(shifted), -decimals) : value;
}

const METHODS: ReadonlyMap<string, (value: number) => number> = new Map([
  ["common", (value) => Math.sign(value) * Math.round(Math.abs(value))],
  ["ceil", Math.ceil],
  ["floor", Math.floor],
]);

/** Moves the point in the decimal form: multiplying would make 100.49999999999999 of 1.005. */
function shift(value: number, places: number): number {
  const [digits, exponent = "0"] = String(value).split("e");
  return Number(`${digits}e${Number(exponent) + places}`);
}
