import { readFile } from "node:fs/promises";
import type { LoadHook } from "node:module";
import { fileURLToPath } from "node:url";

const TYPESCRIPT_FILE = /\.m?ts$/;
const IN_PACKAGE = /[\\/]node_modules[\\/]/;

/** Loads TypeScript modules of the project as Node.js does where it strips types itself: those of a package are refused. */
export const load: LoadHook = async (url, context, nextLoad) => {
  if (!url.startsWith("file:") || !TYPESCRIPT_FILE.test(new URL(url).pathname)) return nextLoad(url, context);
  const file = fileURLToPath(url);
  if (IN_PACKAGE.test(file)) throw inPackage(url);
  // The stripper takes longer to load than many a program, and not every program has TypeScript.
  const [source, { stripTypes }] = await Promise.all([readFile(file, "utf8"), import("./strip-types.ts")]);
  return { format: "module", shortCircuit: true, source: stripTypes(source, url) };
};

function inPackage(url: string): Error {
  const error = new Error(`Stripping types is currently unsupported for files under node_modules, for "${url}"`);
  return Object.assign(error, { code: "ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING" });
}
