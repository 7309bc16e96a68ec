import { BEHAVIOUR_PROBES } from "./probe/behaviour-probes.ts";
import { COOKIE_PROBES } from "./probe/cookie-probes.ts";
import { HEADER_PROBES } from "./probe/header-probes.ts";
import type { ProbeFinding } from "./probe/probe-finding.ts";

/** Everything that `tina4 check --url` looks for in the answers of a running server, in the order of the ids. */
export const PROBE_FINDINGS: readonly ProbeFinding[] = [...BEHAVIOUR_PROBES, ...HEADER_PROBES, ...COOKIE_PROBES].sort(
  (one, other) => (one.id < other.id ? -1 : 1),
);
