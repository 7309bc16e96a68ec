import type { Refusal } from "../errors.ts";
import type { Request } from "../http/request.ts";
import type { Response } from "../http/response.ts";
import type { Step, StepOutcome } from "../pipeline/step.ts";
import { rateKey } from "../rate-limit/rate-key.ts";
import type { RateLimiter } from "../rate-limit/rate-limiter.ts";
import type { RateDecision } from "../rate-limit/rate-store.ts";
import type { Planned, Planner } from "./planner.ts";
import { rateLimited, stageRateLimit } from "./rate-limited.ts";

/** Counts the request of a client against the limits of its groups and its route, or against the global one. */
export const limitRate: Planner<Planned> = (_services, { rateLimiters }) => rateLimitStep(rateLimiters);

/** @param limiters outermost first; the headers show the one with the fewest places left. */
export function rateLimitStep(limiters: readonly RateLimiter[]): Step | undefined {
  const [first, ...others] = limiters;
  if (first === undefined) return undefined;
  if (others.length > 0) return (request, response) => takeAll(limiters, request, response);
  return (request, response) => {
    const decision = first.check(rateKey(request.ip));
    return decision instanceof Promise ? decision.then((late) => tell(late, response)) : tell(decision, response);
  };
}

/** A request that one limit refuses takes no place in the others. */
async function takeAll(limiters: readonly RateLimiter[], request: Request, response: Response): Promise<StepOutcome> {
  const key = rateKey(request.ip);
  const taken: [RateLimiter, RateDecision][] = [];
  for (const limiter of limiters) {
    const decision = await limiter.check(key);
    if (!decision.allowed) {
      for (const [earlier, place] of taken) await earlier.giveBack(key, place);
      return tell(decision, response);
    }
    taken.push([limiter, decision]);
  }
  const tightest = taken.map(([, decision]) => decision).reduce((a, b) => (b.remaining < a.remaining ? b : a));
  return tell(tightest, response);
}

function tell(decision: RateDecision, response: Response): Refusal | undefined {
  stageRateLimit(response, decision);
  return decision.allowed ? undefined : rateLimited(decision);
}
