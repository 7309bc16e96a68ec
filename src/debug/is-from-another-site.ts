import type { Request } from "../http/request.ts";

const OWN_SITES: readonly unknown[] = ["same-origin", "none"];

/**
 * Whether a page of another site, or of another port of this machine, has made a browser send a request. What is unclear counts as
 * such; a program that is no browser says nothing, and is none.
 *
 * @see Fetch Metadata Request Headers §2
 */
export function isFromAnotherSite({ raw, protocol, host }: Request): boolean {
  const { "sec-fetch-site": site, origin } = raw.headers;
  if (site !== undefined) return !OWN_SITES.includes(site);
  return origin !== undefined && origin !== `${protocol}://${host.toLowerCase()}`;
}

/** Whether scripts of that page may read the answer, if CORS lets them. What a browser navigates to is read by its user alone. */
export function isReadByAnotherSite(request: Request): boolean {
  return request.raw.headers["sec-fetch-mode"] !== "navigate" && isFromAnotherSite(request);
}
