import { API_KEY_FORM } from "../../text/api-key-form.ts";
import { hashApiKey } from "./hash-api-key.ts";

const QUERY_NAME = /^(?:x[-_]?)?api[-_]?key$/i;

/** What is logged when a query names an API key: where it was found, never its value. */
export const API_KEY_IN_QUERY_WARNING =
  "An API key stands in the query, where logs and histories keep it: it was not looked at. Send it as a header.";

/** A key as a client has shown it, or why there is none to look up. */
export type PresentedApiKey =
  | { readonly kind: "missing" | "doubled" | "unusable" }
  | { readonly kind: "key"; readonly key: string; readonly hash: string };

/**
 * Reads the key that a request presents. What no key can look like never gets as far as a store.
 *
 * @param lines The values of the header, one for each time it was sent. An empty one is none.
 * @example
 * ```ts
 * presentedApiKey([]).kind; // "missing"
 * presentedApiKey(["key-alpha-001"]).kind; // "key"
 * presentedApiKey(["key-alpha-001, key-beta-002"]).kind; // "unusable"
 * ```
 */
export function presentedApiKey(lines: readonly string[]): PresentedApiKey {
  const [key = "", ...others] = lines;
  if (others.length > 0) return { kind: "doubled" };
  if (key === "") return { kind: "missing" };
  return API_KEY_FORM.test(key) ? { kind: "key", key, hash: hashApiKey(key) } : { kind: "unusable" };
}

/**
 * Tells whether a query names an API key: `?api_key=`, `?apiKey=`, `?X-API-Key=`, under whatever percent code.
 *
 * @param query The text after the `?`, still encoded.
 * @see CWE-598
 */
export function hasApiKeyInQuery(query: string): boolean {
  return query.split("&").some(namesApiKey);
}

/** What cannot be decoded holds a percent sign, and is no name of a key. */
function namesApiKey(parameter: string): boolean {
  try {
    return QUERY_NAME.test(decodeURIComponent(parameter.replace(/=.*/s, "")));
  } catch {
    return false;
  }
}
