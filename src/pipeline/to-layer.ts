import { Tina4Error } from "../errors.ts";
import { classLayer } from "./class-layer.ts";
import { isMiddlewareClass } from "./is-middleware-class.ts";
import { isThenable } from "./is-thenable.ts";
import { listingRemedy } from "./listing-remedy.ts";
import type { Layer, MiddlewareFunction } from "./middleware.ts";

const MAX_PARAMETERS = 3;
/** Begins the source of a function whose second and last parameter is called next, as in Koa and Hono. */
const SECOND_IS_NEXT = /^[^)]*,\s*next\s*\)/;

/**
 * Brings one entry of a middleware list into the form in which it runs. What another framework would take as middleware and
 * this one would call in vain is refused here, before the first request.
 *
 * @param name How errors shall call it.
 * @param where The list, as errors shall name it.
 * @throws {Tina4Error} MIDDLEWARE_INVALID saying what to write instead.
 */
export function toLayer(value: unknown, name: string, where: string): Layer {
  if (typeof value !== "function") {
    throw invalid(`${where}: ${kindOf(value)} cannot act as middleware. ${remedyFor(value)}`);
  }
  if (!isMiddlewareClass(value)) {
    const misfit = misfitOf(value, name);
    if (misfit !== undefined) throw invalid(`${where}: ${misfit}`);
    return { name, run: value as MiddlewareFunction };
  }
  try {
    return { name, run: classLayer(value).run };
  } catch (cause) {
    throw invalid(`${where}: ${(cause as Error).message}`, cause);
  }
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  if (isThenable(value)) return "a promise";
  const owner = ownerOf(value);
  return owner === undefined ? `a value of type ${typeof value}` : `an instance of ${owner}`;
}

function remedyFor(value: unknown): string {
  if (value === undefined) return "An imported name may be misspelt, or its file imports this one.";
  if (Array.isArray(value)) return "Spread it into the list: ...names.";
  if (isThenable(value)) return "Await it before it is listed.";
  const owner = ownerOf(value);
  if (owner === undefined) return "List a function, a class or a name.";
  return (
    listingRemedy(value) ??
    'List the class itself. Its hooks are static methods whose names start with "before" or "after".'
  );
}

/** The class of an object that was made with `new`. */
function ownerOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("constructor" in value)) return undefined;
  const { constructor: owner } = value;
  return typeof owner === "function" && owner !== Object ? owner.name : undefined;
}

/** Why a function cannot be middleware. Without a declared parameter it may still take all of them, as wrappers do. */
function misfitOf(value: { readonly length: number }, name: string): string | undefined {
  const { length } = value;
  if (length > MAX_PARAMETERS) {
    const instead = "Here an error comes out of next(): catch it around await next(request, response).";
    return `${name} has ${length} parameters, as an error handler of Express has. ${instead}`;
  }
  if (length === 1) {
    const instead = `If it makes middleware, list what it returns: ${name}(…).`;
    return `${name} has one parameter, so it can neither answer nor go on. ${instead}`;
  }
  if (length === 2 && SECOND_IS_NEXT.test(String(value))) {
    return `${name} takes the response for next. Write: (request, response, next).`;
  }
  return undefined;
}

function invalid(message: string, cause?: unknown): Tina4Error {
  return new Tina4Error("MIDDLEWARE_INVALID", message, { cause });
}
