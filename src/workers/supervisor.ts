import type { WorkerEvent } from "./worker-event.ts";
import type { FinishReason, ServingNotice, WorkerProcess } from "./worker-process.ts";
import { WorkerSlot } from "./worker-slot.ts";

export interface SupervisorOptions {
  /** How many workers shall serve. */
  readonly count: number;
  readonly startWorker: () => WorkerProcess;
  readonly onEvent: (event: WorkerEvent) => void;
  /** How long a worker may take to finish before it is killed, in milliseconds. */
  readonly graceMs: number;
  /** Milliseconds that never go back. Default: `performance.now`. */
  readonly monotonicNow?: () => number;
  /** At least 0, less than 1. Default: `Math.random`: it spreads retries, and guards nothing. */
  readonly random?: () => number;
}

/** What has come of a first start. */
export interface FirstStart extends ServingNotice {
  /** How many workers serve; the others are being tried again. */
  readonly count: number;
}

/** Keeps a number of workers serving. It serves nothing itself and knows nothing of what they serve. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #slots: readonly WorkerSlot[];
  readonly #alive = new Set<WorkerProcess>();
  #rolling: Promise<void> | undefined;
  #isRollWanted = false;
  #isStopping = false;
  /** Whether all have ended by themselves, with 0. */
  #isClean = true;

  constructor(options: SupervisorOptions) {
    const { count, monotonicNow = () => performance.now(), random = Math.random, onEvent } = options;
    this.#options = options;
    const startWorker = (): WorkerProcess => this.#start();
    this.#slots = Array.from({ length: count }, () => new WorkerSlot({ startWorker, onEvent, monotonicNow, random }));
  }

  /**
   * Starts one worker and, once that serves, the others: a mistake that keeps all of them from starting is made once.
   *
   * @returns `undefined` when the first one did not start: nobody serves then.
   */
  async start(): Promise<FirstStart | undefined> {
    const [first, ...others] = this.#slots;
    const outcome = await first?.start();
    if (outcome === undefined || "end" in outcome) return undefined;
    await Promise.all(others.map((slot) => slot.fill()));
    return { ...outcome.notice, count: this.#slots.filter(({ isServing }) => isServing).length };
  }

  /**
   * Replaces the workers one by one: a new one serves before an old one is told to finish, and that has ended before the next is
   * replaced. If a new one does not start, the others stay. Asked for in the midst of it, all is done once more.
   */
  roll(): Promise<void> {
    this.#isRollWanted = true;
    this.#rolling ??= this.#rollAll().finally(() => {
      this.#rolling = undefined;
    });
    return this.#rolling;
  }

  /**
   * Lets all workers finish what runs, and kills those that take too long.
   *
   * @returns Whether all of them ended by themselves and without an error.
   */
  async stop(reason: FinishReason): Promise<boolean> {
    this.#isStopping = true;
    for (const slot of this.#slots) slot.close();
    await Promise.all([...this.#alive].map((worker) => this.#finish(worker, reason)));
    return this.#isClean;
  }

  /** Ends all workers at once. */
  kill(): void {
    this.#isStopping = true;
    this.#isClean = false;
    for (const slot of this.#slots) slot.close();
    for (const worker of this.#alive) worker.kill();
  }

  #start(): WorkerProcess {
    const worker = this.#options.startWorker();
    this.#alive.add(worker);
    void worker.ended.then(({ code }) => {
      this.#alive.delete(worker);
      if (this.#isStopping && code !== 0 && code !== null) this.#isClean = false;
    });
    return worker;
  }

  async #rollAll(): Promise<void> {
    while (this.#isRollWanted && !this.#isStopping) {
      this.#isRollWanted = false;
      await this.#rollOnce();
    }
  }

  async #rollOnce(): Promise<void> {
    const { onEvent } = this.#options;
    onEvent({ kind: "rolling" });
    for (const [replaced, slot] of this.#slots.entries()) {
      const outcome = await slot.fill();
      if (this.#isStopping) return;
      if ("end" in outcome) {
        onEvent({ kind: "roll-failed", end: outcome.end, replaced });
        return;
      }
      if (outcome.replaced !== undefined) await this.#finish(outcome.replaced, "replaced");
    }
    onEvent({ kind: "rolled", workers: this.#slots.length });
  }

  async #finish(worker: WorkerProcess, reason: FinishReason): Promise<void> {
    const timer = setTimeout(() => {
      this.#isClean = false;
      this.#options.onEvent({ kind: "killed" });
      worker.kill();
    }, this.#options.graceMs);
    worker.finish(reason);
    await worker.ended;
    clearTimeout(timer);
  }
}
