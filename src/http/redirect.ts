import { Tina4Error } from "../errors.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import { isSafePath } from "../text/safe-path.ts";

const STATUSES: readonly number[] = [301, 302, 303, 307, 308];
const READING_METHODS: readonly string[] = ["GET", "HEAD"];
/** Two slashes and then a host: browsers take the one behind a third slash, where other readers see none. */
const WEB_ADDRESS = /^https?:\/\/(?!\/)[!-[\]-~]+$/i;

/** Which redirect it is, and whether it may leave this site. */
export interface RedirectOptions {
  /** 301, 302, 303, 307 or 308. Default 302 after GET and HEAD, else 303. */
  readonly status?: number | undefined;
  /** Lets the redirect leave this site. Never say it together with a target that the client chose. */
  readonly external?: boolean | undefined;
}

/**
 * Decides about a redirect: with which status, if at all.
 *
 * @param method Of the request. What was posted must not be posted again to the next page, so there the default is 303.
 * @throws {Tina4Error} REDIRECT_UNSAFE when the url could leave this site and `external` was not said; RESPONSE_INVALID when the
 *   status is none of a redirect.
 * @see CWE-601
 */
export function checkRedirect(url: string, method: string, options: RedirectOptions): number {
  refuseUnknownKeys("response.redirect", options, ["status", "external"]);
  const { status = READING_METHODS.includes(method) ? 302 : 303, external = false } = options;
  if (!STATUSES.includes(status)) {
    throw new Tina4Error("RESPONSE_INVALID", `A redirect has status ${STATUSES.join(", ")}, not ${status}.`);
  }
  if (!isSafePath(url) && !(external && isWebAddress(url))) throw unsafe(external);
  return status;
}

function isWebAddress(url: string): boolean {
  return WEB_ADDRESS.test(url) && URL.canParse(url);
}

function unsafe(external: boolean): Tina4Error {
  return new Tina4Error(
    "REDIRECT_UNSAFE",
    external
      ? "A redirect with { external: true } goes to a path, or to an http or https address, percent-encoded."
      : "A redirect goes to a path on this site, percent-encoded; { external: true } allows another site.",
  );
}
