import type { Application } from "../app/application.ts";
import type { Met } from "./check-report.ts";
import type { Ask } from "./probe/ask-over-http.ts";
import { probeServer } from "./probe/probed-server.ts";
import { PROBE_FINDINGS } from "./probe-findings.ts";

/**
 * Looks at the answers of a running server: twenty requests at most, none of which may change anything.
 *
 * @param application the project that it serves, if that is known: then its guarded writes are tried without a token.
 */
export async function checkServer(
  origin: URL,
  ask: Ask,
  application: Application | undefined,
): Promise<{ readonly checked: number; readonly findings: readonly Met[] }> {
  const server = await probeServer(origin, ask, application);
  const findings = PROBE_FINDINGS.flatMap(({ look, ...text }) => {
    const sightings = look(server);
    return sightings.length === 0 ? [] : [{ ...text, sightings }];
  });
  return { checked: PROBE_FINDINGS.length, findings };
}
