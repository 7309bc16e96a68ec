/** Whether a value is a mapping like `{ a: 1 }`, and no instance of a class. */
export function isPlainObject(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether an object has nothing to go through, without making a list of it. */
export function hasNoEntries(value: object): boolean {
  for (const key in value) {
    if (Object.hasOwn(value, key)) return false;
  }
  return true;
}
