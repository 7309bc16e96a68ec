import { isFromAnotherSite } from "../debug/is-from-another-site.ts";
import { isFromThisMachine } from "../debug/is-from-this-machine.ts";
import type { CheckResult, Readiness } from "../health/readiness.ts";
import type { Response } from "../http/response.ts";
import type { Step } from "../pipeline/step.ts";

const LIVENESS_PATH = "/health";
const READINESS_PATH = "/health/ready";
const READING_METHODS: readonly string[] = ["GET", "HEAD"];
const UNAVAILABLE = 503;

export interface HealthPagesOptions {
  readonly readiness: Readiness;
  /** The patterns of the application's own routes: a route of the same path wins. */
  readonly ownPaths: ReadonlySet<string>;
  /** Whether a developer on this machine is shown what was checked. */
  readonly isDebug: boolean;
}

/**
 * Answers `/health` (does this process run?) and `/health/ready` (can it serve?), before routes, sessions, limits and middleware.
 * Strangers learn one word.
 *
 * @see CWE-200
 */
export function healthPages({ readiness, ownPaths, isDebug }: HealthPagesOptions): Step {
  return (request, response) => {
    const { path } = request;
    if (path !== LIVENESS_PATH && path !== READINESS_PATH) return undefined;
    if (!READING_METHODS.includes(request.method) || ownPaths.has(path)) return undefined;
    response.header("Cache-Control", "no-store");
    if (path === LIVENESS_PATH) return response.json({ status: "ok" });
    const showsDetails = isDebug && isFromThisMachine(request) && !isFromAnotherSite(request);
    return answerReadiness(readiness, response, showsDetails);
  };
}

async function answerReadiness(readiness: Readiness, response: Response, showsDetails: boolean): Promise<Response> {
  const { isReady, checks } = await readiness.report();
  const details = showsDetails ? { checks: checks.map(detailOf) } : {};
  return response.json({ status: wordOf(isReady), ...details }, isReady ? 200 : UNAVAILABLE);
}

function detailOf({ name, isReachable, milliseconds, since }: CheckResult): Readonly<Record<string, unknown>> {
  return { name, status: wordOf(isReachable), milliseconds, since: new Date(since).toISOString() };
}

function wordOf(isFine: boolean): string {
  return isFine ? "ok" : "unavailable";
}
