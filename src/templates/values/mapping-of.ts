const INDEX = /^(?:0|[1-9]\d{0,9})$/;

/** What a hash in a template and the filters on mappings make. */
export type Mapping = Readonly<Record<string, unknown>> | ReadonlyMap<unknown, unknown>;

/**
 * Makes a mapping that keeps its order: an object without prototype, where `__proto__` is a key like any other.
 *
 * An object would put numbers first, so with one among the keys, or an object, it is a `Map`. As in Twig, `"1"` is then 1.
 */
export function mappingOf(keys: readonly unknown[], values: readonly unknown[]): Mapping {
  if (!keys.every(isName)) return new Map(keys.map((key, index) => [numberOrKey(key), values[index]]));
  const mapping: Record<string, unknown> = Object.create(null);
  for (let index = 0; index < keys.length; index += 1) mapping[String(keys[index])] = values[index];
  return mapping;
}

function isName(key: unknown): boolean {
  return typeof key === "string" && !INDEX.test(key);
}

function numberOrKey(key: unknown): unknown {
  return typeof key === "string" && INDEX.test(key) ? Number(key) : key;
}
