import type { Request } from "../http/request.ts";
import { redactTarget } from "../log/redact-target.ts";
import { scrubFields, scrubMessage } from "../log/scrub-fields.ts";
import { REDACTED } from "../log/scrub-text.ts";
import { loggedTarget } from "../middleware/logged-target.ts";
import { plainCopy } from "./plain-copy.ts";

const MAX_FIELDS = 100;
const MAX_VALUE_CHARACTERS = 1000;
const SECRET_HEADER = /auth|signature|csrf|(?:^|-)(?:key|sig)$/;
const ADDRESS_HEADERS: readonly string[] = ["referer", "origin"];

/** Names and values of one part of a request, fit to be shown. */
export interface RequestFacts {
  readonly title: string;
  readonly fields: readonly (readonly [string, string])[];
}

/** Describes a request part by part without its secrets: what the log would not show stands here neither. Of a session nothing is said. */
export function requestFacts(request: Request): readonly RequestFacts[] {
  const parts: Readonly<Record<string, () => object>> = {
    "Path parameters": () => request.params,
    Query: () => queryOf(request),
    Body: () => request.body,
    "User claims": () => claimsOf(request) ?? {},
    Headers: () => headersOf(request),
  };
  return Object.entries(parts).map(([title, read]) => ({ title, fields: fieldsOf(read) }));
}

function fieldsOf(read: () => unknown): RequestFacts["fields"] {
  try {
    const shown = scrubFields({ part: plainCopy(read()) }).part;
    if (typeof shown !== "object" || shown === null) return [["", textOf(shown)]];
    return Object.entries(shown)
      .slice(0, MAX_FIELDS)
      .map(([name, value]) => [textOf(name), textOf(value)]);
  } catch {
    return [["", "cannot be read"]];
  }
}

function textOf(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  return text.length > MAX_VALUE_CHARACTERS ? `${text.slice(0, MAX_VALUE_CHARACTERS)}…` : text;
}

/** From the target as the log has it, which also knows what is secret in an address. */
function queryOf(request: Request): object {
  const target = loggedTarget(request);
  const mark = target.indexOf("?");
  return mark < 0 ? {} : Object.fromEntries(new URLSearchParams(target.slice(mark + 1)));
}

function headersOf({ headers }: Request): object {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value = ""]) => {
      if (SECRET_HEADER.test(name)) return [name, REDACTED];
      return [name, ADDRESS_HEADERS.includes(name) ? redactTarget(value) : scrubMessage(value)];
    }),
  );
}

/** That they are looked at here must change nothing about the answer. */
function claimsOf(request: Request): object | null {
  const { readsSession } = request;
  try {
    return request.user;
  } finally {
    request.readsSession = readsSession;
  }
}
