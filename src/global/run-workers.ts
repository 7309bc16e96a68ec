import type { Settings } from "../config/settings.ts";
import type { Logger } from "../log/logger.ts";
import { startClusterWorker, type WorkerProgram } from "../workers/start-cluster-worker.ts";
import { type FirstStart, Supervisor } from "../workers/supervisor.ts";
import type { FinishReason } from "../workers/worker-process.ts";
import { logWorkerEvent } from "./log-worker-event.ts";
import { onStopSignal } from "./on-stop-signal.ts";

/** Somewhat more than a worker takes at most to finish what runs. */
const GRACE_MS = 15_000;
const FAILED = 1;

export interface WorkersToRun {
  readonly count: number;
  readonly program: WorkerProgram;
  readonly settings: Pick<Settings, "TINA4_SHUTDOWN_DELAY">;
  readonly log: Logger;
}

/**
 * Runs a program in several processes that share its port, until a signal stops them: SIGHUP replaces them one by one.
 *
 * @returns The exit code: 0 after SIGTERM and Ctrl-C; 1 when the first worker does not start, which has then said why, or when
 *   one did not end well.
 */
export async function runWorkers({ count, program, settings, log }: WorkersToRun): Promise<number> {
  const supervisor = new Supervisor({
    count,
    startWorker: () => startClusterWorker(program),
    onEvent: (event) => logWorkerEvent(log, event),
    graceMs: GRACE_MS + settings.TINA4_SHUTDOWN_DELAY * 1000,
  });
  let isStopping = false;
  const stopped = new Promise<boolean>((resolve) => {
    const stop = (reason: FinishReason): void => {
      isStopping = true;
      resolve(supervisor.stop(reason));
    };
    onStopSignal(stop, () => supervisor.kill());
  });
  const starting = supervisor.start();
  process.on("SIGHUP", () => void starting.then(() => supervisor.roll()));
  const started = await starting;
  if (!isStopping) {
    if (started === undefined) return FAILED;
    announce(started, count);
  }
  return (await stopped) ? 0 : FAILED;
}

function announce({ url, contents, count }: FirstStart, wanted: number): void {
  process.stdout.write(`tina4 found ${contents}\n`);
  process.stdout.write(`tina4 listens on ${url} with ${count === wanted ? "" : `${count} of `}${wanted} workers\n`);
}
