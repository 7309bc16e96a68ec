import { register } from "node:module";

const REGISTERED = Symbol.for("tina4.typescript");

/** Lets `import()` load TypeScript files. Does nothing where Node.js strips types itself, and works once per process. */
export function registerTypeScript(): void {
  const global = globalThis as { [REGISTERED]?: true };
  if (process.features.typescript || global[REGISTERED]) return;
  global[REGISTERED] = true;
  register("../typescript/strip-types-hook.js", import.meta.url);
}
