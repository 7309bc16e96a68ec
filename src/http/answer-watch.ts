/** Knows for how long an answer is waited for. */
export interface AnswerWatch {
  readonly signal: AbortSignal;
  /** Whether the client was answered while its handler was still at work. */
  readonly isGivenUp: boolean;
}
