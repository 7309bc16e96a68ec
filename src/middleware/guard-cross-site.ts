import type { Settings } from "../config/settings.ts";
import { type CrossSiteVerdict, crossSiteGuard } from "../csrf/cross-site-guard.ts";
import { refuse } from "../errors.ts";
import type { Request } from "../http/request.ts";
import type { Planner } from "./planner.ts";
import { publicOrigin } from "./public-origin.ts";

const CROSS_SITE = refuse("CROSS_SITE");
const MAX_SHOWN = 100;

/**
 * Turns away what a page of another site has made a browser send. A valid Bearer token needs no such guard: no browser adds one
 * on its own.
 *
 * @see CWE-352
 */
export const guardCrossSite: Planner = ({ settings }, { access }) => {
  if (!access.unsafe || access.crossSiteExempt) return undefined;
  return (request) => (isCrossSite(request, settings) ? { ...CROSS_SITE, reason: reasonFor(request) } : undefined);
};

/** For the log: what the browser said. A Referer is not shown, there may be secrets in it. */
function reasonFor({ raw: { headers } }: Request): string {
  const shown = ["sec-fetch-site", "origin"].filter((name) => headers[name] !== undefined);
  return (
    shown.map((name) => `${name} ${String(headers[name]).slice(0, MAX_SHOWN)}`).join(", ") ||
    "the referer is another site"
  );
}

/** Whether a write must be taken for one that a page of another site has caused. */
export function isCrossSite(request: Request, settings: Settings): boolean {
  return request.bearerClaims === null && crossSiteVerdict(request, settings) === "refused";
}

/** What the browser says about where a request comes from, if there is a browser at all. */
export function crossSiteVerdict(request: Request, settings: Settings): CrossSiteVerdict {
  const { origin, referer, "sec-fetch-site": secFetchSite } = request.raw.headers;
  return crossSiteGuard({
    method: request.method,
    secFetchSite: typeof secFetchSite === "string" ? secFetchSite : undefined,
    origin,
    referer,
    publicOrigin: publicOrigin(request, settings),
    trustedOrigins: settings.TINA4_TRUSTED_ORIGINS,
  });
}
