import { FAULTS, type FaultCode } from "../errors.ts";
import type { ErrorFacts } from "./error-chain.ts";

type RemedyRule = readonly [applies: (error: ErrorFacts) => boolean, remedy: string];

const hasCode =
  (...codes: readonly string[]) =>
  ({ code }: ErrorFacts): boolean =>
    code !== undefined && codes.includes(code);
const says =
  (pattern: RegExp) =>
  ({ message }: ErrorFacts): boolean =>
    pattern.test(message);

/** What developers do about errors that come up again and again. The first that applies counts. */
const REMEDIES: readonly RemedyRule[] = [
  [
    hasCode("HANDLER_NO_RESPONSE"),
    "Return what the client shall get: an object, a text, or response(…). After a brace, an arrow function needs the word return.",
  ],
  [hasCode("MIDDLEWARE_NO_RESPONSE"), "End the middleware with: return await next(request, response)."],
  [hasCode("TEMPLATE_MISSING"), "Templates stand below src/templates, and are named from there."],
  [
    hasCode("SESSION_READ_ONLY"),
    "Take .crossSite() off the route, or do not change the session in it: any site can post there.",
  ],
  [hasCode("STORE_UNAVAILABLE", "SERVER_UNREACHABLE"), "Start the server that the settings name, or name another."],
  [hasCode("ECONNREFUSED"), "Nothing listens at that address. Start the server, or correct the setting that names it."],
  [hasCode("ENOTFOUND", "EAI_AGAIN"), "That host name leads nowhere. Look at the setting that holds it."],
  [hasCode("ENOENT"), "There is no such file. A relative path starts where the process was started."],
  [
    says(/no such (?:table|column)|^(?:relation|column) .* does not exist/i),
    "The database lacks what the statement names. Run tina4 migrate.",
  ],
  [hasCode("unique"), "Catch DatabaseError with the code unique, and answer 409."],
  [says(/is not defined$/), "Import it, or correct the name."],
  [
    says(/^Cannot read properties of (?:undefined|null)/),
    "What stands before the dot was not there. Check for it first, or find out why it is missing.",
  ],
];

/** Says what may help against an error, as far as that is known; else what its code means. */
export function remedyOf(error: ErrorFacts): string | undefined {
  const remedy = REMEDIES.find(([applies]) => applies(error))?.[1];
  return remedy ?? (isFaultCode(error.code) ? FAULTS[error.code] : undefined);
}

function isFaultCode(code: string | undefined): code is FaultCode {
  return code !== undefined && Object.hasOwn(FAULTS, code);
}
