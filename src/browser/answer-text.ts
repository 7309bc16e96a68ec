import type { Answer } from "./send-form.ts";

const UNREACHABLE = "The server cannot be reached. Check your connection and try again.";
const DONE = "Done.";
const ACCEPTED_UNREADABLE =
  "The server has accepted this, but its answer cannot be read. Reload the page before you try again.";
const FAILED = "The server has failed. Try again later.";
const BY_STATUS: Readonly<Record<number, string>> = {
  401: "Please log in and try again.",
  403: "You may not do this. Reload the page and try again.",
  413: "This is too large to be sent.",
  429: "Too many attempts.",
  503: "The server is busy.",
};

/** A text in an answer, and the field that it is about. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/**
 * What the user is told of an answer: in the server's words where it has any. Only what it says of a missing login is meant for
 * programs.
 */
export function answerText({ ok, status, result, needsLogin, retryAfterSeconds }: Answer): string {
  const { message, error } = (result ?? {}) as { message?: unknown; error?: unknown };
  const said = needsLogin ? undefined : [message, error, fieldErrorsIn(result)[0]?.message].find(isText);
  if (ok) return said ?? (result === undefined ? ACCEPTED_UNREADABLE : DONE);
  if (status === 0) return UNREACHABLE;
  const text = said ?? BY_STATUS[status] ?? (status >= 500 ? FAILED : `The server has refused this (${status}).`);
  const seconds = String(retryAfterSeconds);
  if (retryAfterSeconds === null || text.includes(seconds)) return text;
  return `${text} Try again in ${seconds} ${seconds === "1" ? "second" : "seconds"}.`;
}

/** The members of `errors`: `{ path, message }` each, or a text alone. */
export function fieldErrorsIn(result: unknown): readonly FieldError[] {
  const { errors } = (result ?? {}) as { errors?: unknown };
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((entry: unknown) => {
    const { path, message } = (isText(entry) ? { path: "", message: entry } : (entry ?? {})) as Partial<FieldError>;
    return isText(message) ? [{ path: isText(path) ? path : "", message }] : [];
  });
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
