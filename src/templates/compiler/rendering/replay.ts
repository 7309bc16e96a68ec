import { type Answers, Pending } from "./answers.ts";

/** Thrown through a render when a template was compiled in its midst that mentions names which had no place until then. */
export class Outgrown {}

/**
 * Renders, and begins again whenever a render cannot go on.
 *
 * Compiled templates are plain synchronous functions, so a page without promises pays nothing for those that have them. Where a
 * function gives a promise the attempt is given up, the promise waited for, and the page rendered from the start, with the answers
 * that are known so far.
 *
 * @param attempt Renders once. It has to ask `answers` for everything that could differ the next time.
 * @returns The page, or a promise of it when something had to be waited for.
 */
export function replay(answers: Answers, attempt: () => string): string | Promise<string> {
  const result = tryOnce(answers, attempt);
  return result instanceof Pending ? replayLater(answers, attempt, result) : result;
}

/** `answers` bounds how often this goes round. */
async function replayLater(answers: Answers, attempt: () => string, first: Pending): Promise<string> {
  let result: Pending | string = first;
  while (typeof result !== "string") {
    await result.settled;
    result = tryOnce(answers, attempt);
  }
  return result;
}

/** A page outgrows its frame at most once for each template file that there is. */
function tryOnce(answers: Answers, attempt: () => string): string | Pending {
  for (;;) {
    try {
      answers.rewind();
      return attempt();
    } catch (signal) {
      if (signal instanceof Pending) return signal;
      if (!(signal instanceof Outgrown)) throw signal;
    }
  }
}
