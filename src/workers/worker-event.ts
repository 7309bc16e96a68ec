import type { WorkerEnd } from "./worker-process.ts";

/** What happens among workers, for the log. */
export type WorkerEvent =
  /** A worker ended by itself; another is started after a pause. */
  | { readonly kind: "crashed"; readonly end: WorkerEnd; readonly retryInMs: number }
  /** A worker ended before it served; the others serve, and it is tried again after a pause. */
  | { readonly kind: "not-started"; readonly end: WorkerEnd; readonly retryInMs: number }
  /** A worker did not come to serve in time, and had to be killed: what follows tells what comes of it. */
  | { readonly kind: "hung" }
  | { readonly kind: "rolling" }
  | { readonly kind: "rolled"; readonly workers: number }
  /** A new worker did not start, so those that serve go on. */
  | { readonly kind: "roll-failed"; readonly end: WorkerEnd; readonly replaced: number }
  /** A worker had to be killed, since it did not finish in time. */
  | { readonly kind: "killed" };
