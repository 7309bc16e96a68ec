import { inspect } from "node:util";
import { scrubMessage } from "../log/scrub-fields.ts";
import { TemplateError } from "../templates/template-error.ts";
import { type StackFrame, stackFrames } from "./stack-frames.ts";

const MAX_ERRORS = 8;
const INSPECTED = { depth: 1, maxArrayLength: 20, maxStringLength: 1000, breakLength: 100 };

/** What can be said about one error. */
export interface ErrorFacts {
  readonly name: string;
  readonly code: string | undefined;
  readonly message: string;
  readonly frames: readonly StackFrame[];
  /** Where in a template it happened. */
  readonly template: { readonly place: string; readonly excerpt: string } | undefined;
}

/**
 * Describes what was thrown and what caused it, outermost first. It never throws, whatever was thrown: text is bounded and rid of
 * secrets, circles end, and of an error nothing is read that `inspect` does not read as well.
 */
export function errorChain(thrown: unknown, root: string): readonly ErrorFacts[] {
  const chain: ErrorFacts[] = [];
  const seen = new Set<unknown>();
  const waiting: unknown[] = [thrown];
  while (waiting.length > 0 && chain.length < MAX_ERRORS) {
    const next = waiting.shift();
    if (seen.has(next)) continue;
    seen.add(next);
    try {
      chain.push(factsOf(next, root));
      waiting.unshift(...causesOf(next));
    } catch {
      chain.push(plainFacts("Unreadable", "It cannot be shown: looking at it throws another error."));
    }
  }
  return chain;
}

function factsOf(thrown: unknown, root: string): ErrorFacts {
  if (!(thrown instanceof Error)) return plainFacts("What was thrown is no Error", textOf(thrown));
  const { name, message, stack } = thrown;
  const { code } = thrown as { readonly code?: unknown };
  const isTemplate = thrown instanceof TemplateError;
  return {
    name: textOf(name),
    code: typeof code === "string" ? textOf(code) : undefined,
    message: textOf(isTemplate ? thrown.problem : message),
    frames: typeof stack === "string" ? stackFrames(stack, root) : [],
    template: isTemplate ? templatePlace(thrown) : undefined,
  };
}

function plainFacts(name: string, message: string): ErrorFacts {
  return { name, code: undefined, message, frames: [], template: undefined };
}

function templatePlace({ file, line, column, excerpt }: TemplateError): ErrorFacts["template"] {
  return { place: scrubMessage(`${file}:${line}:${column}`), excerpt: scrubMessage(excerpt) };
}

function causesOf(thrown: unknown): readonly unknown[] {
  if (!(thrown instanceof Error)) return [];
  const errors = thrown instanceof AggregateError && Array.isArray(thrown.errors) ? thrown.errors : [];
  return [...(thrown.cause === undefined ? [] : [thrown.cause]), ...errors.slice(0, MAX_ERRORS)];
}

/** Anything can stand where a text belongs. */
function textOf(value: unknown): string {
  return scrubMessage(typeof value === "string" ? value : inspect(value, INSPECTED));
}
