import { refuse } from "../errors.ts";
import type { Planned, Planner } from "./planner.ts";
import { publicOrigin } from "./public-origin.ts";

const CROSS_SITE = refuse("CROSS_SITE");
const MAX_SHOWN = 100;

/**
 * Turns away WebSockets that a page of another site asks for, whatever they show: no same-origin policy keeps such a page from reading
 * what comes over them, so browsers say in `Origin` whose page it is, and leave it to us. Without that header it was no browser.
 *
 * @see RFC 6455 §10.2, CWE-1385
 */
export const guardSocketOrigin: Planner<Planned> =
  ({ settings }) =>
  (request) => {
    const { origin } = request.raw.headers;
    if (origin === undefined || origin === publicOrigin(request, settings)) return undefined;
    if (settings.TINA4_TRUSTED_ORIGINS.includes(origin)) return undefined;
    return { ...CROSS_SITE, reason: `origin ${origin.slice(0, MAX_SHOWN)}` };
  };
