const NATIVE = /\{\s*\[native code\]\s*\}$/;

/**
 * Finds a function that a script of this page has declared, by its name alone. What stands in an attribute is never evaluated: it
 * is no path, no expression, no element of that name, and no function of the browser such as `setTimeout`, which runs text.
 */
export function pageFunction(name: string): ((result: unknown) => unknown) | undefined {
  const value: unknown = Object.getOwnPropertyDescriptor(window, name)?.value;
  return isFunction(value) && !NATIVE.test(Function.prototype.toString.call(value)) ? value : undefined;
}

function isFunction(value: unknown): value is (result: unknown) => unknown {
  return typeof value === "function";
}
