import { BackOff } from "./back-off.ts";
import type { WorkerEvent } from "./worker-event.ts";
import type { ServingNotice, WorkerEnd, WorkerProcess } from "./worker-process.ts";

/** A start that waits for what never answers would keep a roll from ever ending. */
const START_MS = 120_000;

export interface WorkerSlotOptions {
  readonly startWorker: () => WorkerProcess;
  readonly onEvent: (event: WorkerEvent) => void;
  /** Milliseconds that never go back. */
  readonly monotonicNow: () => number;
  /** At least 0, less than 1. */
  readonly random: () => number;
}

/** What came of a start: the worker serves, or it has ended before. */
export type StartOutcome =
  | { readonly notice: ServingNotice; readonly replaced: WorkerProcess | undefined }
  | { readonly end: WorkerEnd };

/** The place of one worker. Whoever serves in it and crashes is replaced, until it is closed. */
export class WorkerSlot {
  readonly #options: WorkerSlotOptions;
  readonly #backOff: BackOff;
  #serving: WorkerProcess | undefined;
  #servingSince = 0;
  #lastStart: Promise<unknown> = Promise.resolve();
  #startsUnderWay = 0;
  #isClosed = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: WorkerSlotOptions) {
    this.#options = options;
    this.#backOff = new BackOff(options.random);
  }

  get isServing(): boolean {
    return this.#serving !== undefined;
  }

  /** Starts a worker. Once it serves it has the place; the one that had it before is handed back to be finished. */
  start(): Promise<StartOutcome> {
    clearTimeout(this.#retry);
    this.#startsUnderWay += 1;
    const outcome = this.#lastStart
      .then(() => this.#startNow())
      .finally(() => {
        this.#startsUnderWay -= 1;
      });
    this.#lastStart = outcome;
    return outcome;
  }

  /** Does the same and, as long as nobody serves here, goes on trying after a pause. */
  async fill(): Promise<StartOutcome> {
    const outcome = await this.start();
    if ("end" in outcome) this.#retryLater("not-started", outcome.end, 0);
    return outcome;
  }

  /** From now on nobody is started in this place any more. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#retry);
  }

  async #startNow(): Promise<StartOutcome> {
    if (this.#isClosed) return { end: { code: 0, signal: null } };
    const worker = this.#options.startWorker();
    const ended = worker.ended.then((end) => ({ end }));
    const timer = setTimeout(() => {
      this.#options.onEvent({ kind: "hung" });
      worker.kill();
    }, START_MS);
    const outcome = await Promise.race([worker.serving.then((notice) => ({ notice })), ended]);
    clearTimeout(timer);
    if ("end" in outcome) return outcome;
    const replaced = this.#serving;
    this.#serving = worker;
    this.#servingSince = this.#options.monotonicNow();
    void ended.then(({ end }) => this.#noteEnd(worker, end));
    return { ...outcome, replaced };
  }

  #noteEnd(worker: WorkerProcess, end: WorkerEnd): void {
    if (worker !== this.#serving) return;
    this.#serving = undefined;
    this.#retryLater("crashed", end, this.#options.monotonicNow() - this.#servingSince);
  }

  /** A start that is under way is the next try already. */
  #retryLater(kind: "crashed" | "not-started", end: WorkerEnd, livedMs: number): void {
    if (this.#isClosed || this.#serving !== undefined) return;
    const retryInMs = this.#startsUnderWay > 0 ? 0 : this.#backOff.nextDelayMs(livedMs);
    this.#options.onEvent({ kind, end, retryInMs });
    if (this.#startsUnderWay === 0) this.#retry = setTimeout(() => void this.fill(), retryInMs);
  }
}
