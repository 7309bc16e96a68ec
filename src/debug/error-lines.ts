import { inspect } from "node:util";
import { scrubMessage } from "../log/scrub-fields.ts";

const MAX_ERRORS = 8;
const MAX_LINES = 100;

/** What an answer in JSON says to the developer: never anything that the error, or what caused it, does not hold by itself. */
export function errorLines(error: unknown): readonly string[] {
  try {
    const report =
      error instanceof Error
        ? withCauses(error).map((one) => inspect(one, { depth: 0 }))
        : [inspect(error, { maxStringLength: 1000 })];
    return report.join("\ncaused by ").split("\n").slice(0, MAX_LINES).map(scrubMessage);
  } catch {
    return ["The error cannot be shown: looking at it throws another one."];
  }
}

/** Outermost first; a circle ends. */
function withCauses(error: Error): readonly Error[] {
  const chain = new Set<Error>();
  let next: unknown = error;
  while (next instanceof Error && !chain.has(next) && chain.size < MAX_ERRORS) {
    chain.add(next);
    next = next.cause;
  }
  return [...chain];
}
