/** What a worker says when it serves. */
export interface ServingNotice {
  readonly url: string;
  /** What the application turned out to hold. */
  readonly contents: string;
}

/** How a process ended: by itself with a code, or by a signal. */
export interface WorkerEnd {
  readonly code: number | null;
  readonly signal: string | null;
}

/** Why a worker is to end: another has taken its place, or all of them stop because of a signal. */
export type FinishReason = "replaced" | "SIGTERM" | "SIGINT";

/** One process that serves, as its supervisor sees it. */
export interface WorkerProcess {
  /** Never fails; that of a process which ends before it serves stays open. */
  readonly serving: Promise<ServingNotice>;
  /** Never fails. */
  readonly ended: Promise<WorkerEnd>;
  /** Lets it finish what runs. One that does not serve yet has nothing to finish, and ends at once. */
  finish(reason: FinishReason): void;
  kill(): void;
}
