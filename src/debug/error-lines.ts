import { inspect } from "node:util";
import { scrubMessage } from "../log/scrub-fields.ts";

const MAX_LINES = 100;

/** What an answer in JSON says to the developer: never anything that the error does not hold by itself. */
export function errorLines(error: unknown): readonly string[] {
  try {
    const report = error instanceof Error ? inspect(error, { depth: 0 }) : inspect(error, { maxStringLength: 1000 });
    return report.split("\n").slice(0, MAX_LINES).map(scrubMessage);
  } catch {
    return ["The error cannot be shown: looking at it throws another one."];
  }
}
