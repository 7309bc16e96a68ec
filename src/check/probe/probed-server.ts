import type { Application } from "../../app/application.ts";
import type { Answer, Ask, Question } from "./ask-over-http.ts";
import { commonQuestions, writeQuestions } from "./questions.ts";

/** What a running server has answered. */
export interface ProbedServer {
  readonly origin: URL;
  /** In the order of the questions. */
  readonly answers: readonly Answer[];
  /** Those to writes that a stranger may not send. */
  readonly writes: readonly Answer[];
  /** Why it stopped answering. */
  readonly failure: string | undefined;
}

/**
 * Asks a server twenty questions at most, one after another.
 *
 * @param application the project that it serves, for its pages and writes.
 */
export async function probeServer(origin: URL, ask: Ask, application: Application | undefined): Promise<ProbedServer> {
  const answers: Answer[] = [];
  const writes: Answer[] = [];
  try {
    await askAll(commonQuestions(application), ask, answers);
    if (application !== undefined) await askAll(writeQuestions(application), ask, writes);
    return { origin, answers, writes, failure: undefined };
  } catch (error) {
    return { origin, answers, writes, failure: (error as Error).message };
  }
}

async function askAll(questions: readonly Question[], ask: Ask, answers: Answer[]): Promise<void> {
  for (const question of questions) answers.push(await ask(question));
}
