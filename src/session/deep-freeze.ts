/** Freezes a value of JSON to its last member. Sessions freeze values wholly, so one that is frozen already needs no look inside. */
export function deepFreeze<T>(value: T): T {
  if (Object.isFrozen(value)) return value;
  for (const member of Object.values(value as object)) deepFreeze(member);
  return Object.freeze(value);
}
