import type { FindingText, Sighting } from "../finding.ts";
import type { Answer } from "./ask-over-http.ts";
import type { ProbedServer } from "./probed-server.ts";

/** One way in which a running server is not fit, and how its answers show it. */
export interface ProbeFinding extends FindingText {
  readonly look: (server: ProbedServer) => readonly Sighting[];
}

/** What is wrong with some answers, each by its question: `GET /login`. */
export function inAnswers(
  answers: readonly Answer[],
  problemOf: (answer: Answer) => string | undefined,
): readonly Sighting[] {
  return answers.flatMap((answer) => {
    const seen = problemOf(answer);
    const { method, path } = answer.question;
    return seen === undefined ? [] : [{ seen, where: { thing: `${method} ${path}` } }];
  });
}
