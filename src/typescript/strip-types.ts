import { createRequire } from "node:module";

/** It is one file of nearly four megabytes: an import would search all of it for names to export, which takes as long as to load it. */
const { transformSync } = createRequire(import.meta.url)(
  "@swc/wasm-typescript",
) as typeof import("@swc/wasm-typescript");

/** What the stripper calls its refusals, and what Node.js calls the same ones. */
const NODE_CODES: Readonly<Record<string, string>> = {
  UnsupportedSyntax: "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX",
  InvalidSyntax: "ERR_INVALID_TYPESCRIPT_SYNTAX",
};

interface StripRefusal {
  readonly code: string;
  readonly message: string;
  readonly startLine: number;
  readonly snippet: string;
}

/**
 * Replaces the types in a module with spaces, so that every line and column stays where it is.
 *
 * It accepts what Node.js accepts where it strips types itself, and refuses the rest with the same error: what would need
 * code in place of the types, as an enum, a namespace or a parameter property does, and what is no TypeScript at all.
 *
 * @param source The text of the module.
 * @param url Where it comes from; the stack of an error begins with it and the line.
 * @throws {SyntaxError} with the code `ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX` or `ERR_INVALID_TYPESCRIPT_SYNTAX`.
 * @see https://nodejs.org/api/typescript.html#typescript-features
 * @example
 * ```ts
 * stripTypes("const port: number = 7148;", "file:///app.ts"); // "const port         = 7148;"
 * ```
 */
export function stripTypes(source: string, url: string): string {
  try {
    return transformSync(source, { mode: "strip-only", module: true, deprecatedTsModuleAsError: true }).code;
  } catch (error) {
    throw isRefusal(error) ? asNodeError(error, url) : error;
  }
}

function isRefusal(error: unknown): error is StripRefusal {
  return (
    typeof error === "object" && error !== null && "code" in error && Object.hasOwn(NODE_CODES, String(error.code))
  );
}

function asNodeError({ code, message, startLine, snippet }: StripRefusal, url: string): SyntaxError {
  const error = new SyntaxError(message);
  error.stack = `${url}:${startLine}\n${snippet}\n${error.stack}`;
  return Object.assign(error, { code: NODE_CODES[code] });
}
