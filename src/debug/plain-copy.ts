import { types } from "node:util";

const MAX_DEPTH = 5;
const MAX_VALUES = 500;
const CUT = "…";

/** Counts down, so that neither a circle nor a heap of objects comes to an endless copy. */
interface Budget {
  values: number;
}

/** Copies what is data, up to a bound, and runs nothing: no getter, no trap of a proxy, no method of the value. */
export function plainCopy(value: unknown, budget: Budget = { values: MAX_VALUES }, depth = 0): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (types.isProxy(value)) return "[proxy]";
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (types.isDate(value)) return new Date(Date.prototype.getTime.call(value));
  if (depth === MAX_DEPTH) return CUT;
  const copies: [string, unknown][] = [];
  for (const name of Object.keys(value)) {
    if (budget.values-- <= 0) {
      copies.push([CUT, CUT]);
      break;
    }
    const { get, value: content } = Object.getOwnPropertyDescriptor(value, name) ?? {};
    copies.push([name, get === undefined ? plainCopy(content, budget, depth + 1) : "[getter]"]);
  }
  return Array.isArray(value) ? copies.map(([, copy]) => copy) : Object.fromEntries(copies);
}
