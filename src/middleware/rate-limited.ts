import { type HttpError, type Refusal, refusalError, refuse } from "../errors.ts";
import type { Response } from "../http/response.ts";
import type { RateDecision } from "../rate-limit/rate-store.ts";

/** What a client is told about its limit. */
export type RateInfo = Pick<RateDecision, "limit" | "remaining" | "reset">;

const LIMIT = "X-RateLimit-Limit";
const REMAINING = "X-RateLimit-Remaining";
const RESET = "X-RateLimit-Reset";

/** Stages the headers of a response that was counted. */
export function stageRateLimit(response: Response, { limit, remaining, reset }: RateInfo): void {
  response.stage(LIMIT, String(limit));
  response.stage(REMAINING, String(remaining));
  response.stage(RESET, String(reset));
}

/** The same headers as a record. */
export function rateLimitHeaders({ limit, remaining, reset }: RateInfo): Readonly<Record<string, string>> {
  return { [LIMIT]: String(limit), [REMAINING]: String(remaining), [RESET]: String(reset) };
}

/** Sets these headers in place of those of another limit, unless that one has fewer places left. */
export function showTighterLimit(response: Response, info: RateInfo): void {
  const shown = response.getHeader(REMAINING);
  if (shown !== undefined && Number(shown) <= info.remaining) return;
  for (const [name, value] of Object.entries(rateLimitHeaders(info))) response.header(name, value);
}

/** The answer to a client that came too often, apart from the headers above. */
export function rateLimited({ reset: seconds }: RateInfo): Refusal {
  return {
    ...refuse("RATE_LIMITED"),
    message: `Rate limit exceeded. Try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`,
    headers: { "Retry-After": String(seconds) },
    details: { retry_after: seconds },
  };
}

/** The same answer with these headers, where only an error gets out. */
export function rateLimitError(decision: RateInfo): HttpError {
  const refusal = rateLimited(decision);
  return refusalError({ ...refusal, headers: { ...rateLimitHeaders(decision), ...refusal.headers } });
}
