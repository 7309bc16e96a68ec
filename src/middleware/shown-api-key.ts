import { isMistypedApiKey } from "../auth/api-keys/create-api-key.ts";
import { API_KEY_IN_QUERY_WARNING, hasApiKeyInQuery, presentedApiKey } from "../auth/api-keys/presented-api-key.ts";
import { type HttpError, refusalError, refuse } from "../errors.ts";
import type { Request } from "../http/request.ts";
import type { Logger } from "../log/logger.ts";

/** A key that a request carries, and may be anything. */
export interface ShownApiKey {
  readonly key: string;
  readonly hash: string;
}

/**
 * Takes the key out of the one header where it belongs. A key in the query is logged as found there, and not looked at.
 *
 * @returns `undefined` where there is none.
 * @throws {HttpError} 400 with two keys, 403 with what no key looks like.
 */
export function shownApiKey(request: Request, header: string, log: Logger): ShownApiKey | undefined {
  const { url, path, id } = request;
  if (hasApiKeyInQuery(url.slice(path.length + 1))) log.warn({ id, path }, API_KEY_IN_QUERY_WARNING);
  const presented = presentedApiKey(request.raw.headersDistinct[header.toLowerCase()] ?? []);
  switch (presented.kind) {
    case "key":
      return presented;
    case "missing":
      return undefined;
    case "doubled":
      throw refusalError(refuse("REQUEST_MALFORMED"), `${header} came more than once`);
    case "unusable":
      throw refusalError(refuse("API_KEY_INVALID"), "no key looks like this");
  }
}

/**
 * The answer to a client without a key.
 *
 * @param message What it says, where that is not the usual.
 * @param cause For the log.
 * @see RFC 9110 §11.6.1
 */
export function missingApiKey(header: string, message?: string, cause?: string): HttpError {
  const refusal = refuse("API_KEY_MISSING", { headers: { "WWW-Authenticate": `ApiKey header="${header}"` } });
  return refusalError({ ...refusal, message: message ?? refusal.message }, cause);
}

/** The answer to a key that nobody has. Only the log is told whether somebody may have meant another one. */
export function unknownApiKey({ key }: ShownApiKey): HttpError {
  return refusalError(refuse("API_KEY_INVALID"), isMistypedApiKey(key) ? "the key is misspelt or cut off" : undefined);
}
