/** Freezes a value of JSON to its last member. What is frozen was frozen here, and so wholly, or is no object. */
export function deepFreeze<T>(value: T): T {
  if (Object.isFrozen(value)) return value;
  for (const member of Object.values(value as object)) deepFreeze(member);
  return Object.freeze(value);
}
