/** What a variable holds: `undefined` would be one that is not there, and a function from the data is as good as null. */
export function variableOf(value: unknown): unknown {
  return value === undefined || typeof value === "function" ? null : value;
}
