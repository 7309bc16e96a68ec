import { relative, sep } from "node:path";
import { inspect } from "node:util";
import { HttpError, Tina4Error } from "../errors.ts";
import { errorPlace } from "../typescript/error-place.ts";
import { paint } from "./paint.ts";
import { usage } from "./usage.ts";
import { UsageError } from "./usage-error.ts";

const FAILED = 1;
const MISUSED = 2;

const ONLY_ERASED =
  "Types are erased, not compiled. Instead of an enum write an object with `as const`, instead of a namespace a module, " +
  "instead of a parameter property a field.";

/**
 * Prints why a command failed: what the framework says as one message, what nobody expected with its stack.
 *
 * @returns The exit code.
 */
export function reportError(error: unknown): number {
  if (error instanceof UsageError) {
    const help = error.command === undefined ? "tina4 help lists the commands." : `\n${usage(error.command).trimEnd()}`;
    print(error.message, help);
    return MISUSED;
  }
  if (error instanceof Tina4Error) print(wordsOf(error), ...placeAndLesson(error.cause));
  else print(inspect(error));
  return FAILED;
}

/** What an `HttpError` says is meant for strangers; the one who types commands may know the cause. */
function wordsOf(error: Tina4Error): string {
  return error instanceof HttpError && error.cause instanceof Error ? error.cause.message : error.message;
}

function print(message: string, ...more: readonly string[]): void {
  process.stderr.write([paint("red", message, process.stderr), ...more].map((text) => `${text}\n`).join(""));
}

/** The message of a file that cannot be loaded does not say which line is to blame, or that it stands in another file. */
function placeAndLesson(cause: unknown): readonly string[] {
  const root = process.cwd() + sep;
  const place = errorPlace(cause, (file) => file.startsWith(root));
  const isUnsupported = cause instanceof Error && "code" in cause && cause.code === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX";
  return [
    ...(place === undefined ? [] : [`  at ${relative(root, place.file)}:${place.line}`]),
    ...(isUnsupported ? [ONLY_ERASED] : []),
  ];
}
