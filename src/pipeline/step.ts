import type { Refusal } from "../errors.ts";
import type { Request } from "../http/request.ts";
import type { Response } from "../http/response.ts";

/** What a step says: nothing, to go on; a refusal or the response, to end here. */
export type StepOutcome = Refusal | Response | undefined;

/** One step in the life of a request. */
export type Step = (request: Request, response: Response) => StepOutcome | Promise<StepOutcome>;

/**
 * Runs steps in order up to the first that ends the request. Stays synchronous for as long as the steps do.
 *
 * @param from index of the first step to run.
 */
export function runSteps(
  steps: readonly Step[],
  request: Request,
  response: Response,
  from = 0,
): StepOutcome | Promise<StepOutcome> {
  for (let index = from; index < steps.length; index += 1) {
    const outcome = (steps[index] as Step)(request, response);
    if (outcome === undefined) continue;
    if (!(outcome instanceof Promise) || index === steps.length - 1) return outcome;
    return outcome.then((late) => (late === undefined ? runSteps(steps, request, response, index + 1) : late));
  }
  return undefined;
}
