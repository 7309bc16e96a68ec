import type { Settings } from "../config/settings.ts";
import { requireCanonicalRequest } from "../http/canonical-request.ts";
import type { ArrivalPlanner } from "./planner.ts";

const LOOPBACK_NAMES: readonly string[] = ["localhost", "127.0.0.1", "[::1]"];

/** Refuses a request that two readers could read in two ways, before anything is decided about it. */
export const refuseAmbiguousRequest: ArrivalPlanner = ({ settings }) => {
  const check = requireCanonicalRequest(allowedHosts(settings));
  return (request) => check(request.raw);
};

/** An empty list means any host. */
function allowedHosts(settings: Settings): readonly string[] {
  const { TINA4_ALLOWED_HOSTS: hosts, TINA4_PUBLIC_ORIGIN: origin, TINA4_DEBUG: isDebug, TINA4_HOST: bound } = settings;
  if (hosts.length > 0) return hosts;
  if (origin !== undefined) return [new URL(origin).hostname];
  if (!isDebug) return [];
  return [...LOOPBACK_NAMES, bound.includes(":") ? new URL(`http://[${bound}]`).hostname : bound];
}
