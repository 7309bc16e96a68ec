import type { Application } from "../app/application.ts";
import type { ListenOptions } from "../app/listen-options.ts";
import type { ListenAddress } from "../app/open-port.ts";
import type { CloseOptions } from "../app/serving.ts";
import { workersOf } from "../config/workers-of.ts";
import { SupervisorLink } from "../workers/supervisor-link.ts";
import type { FinishReason } from "../workers/worker-process.ts";
import { currentApplication } from "./current-application.ts";
import { onStopSignal } from "./on-stop-signal.ts";
import { runWorkers } from "./run-workers.ts";

/** An idle connection may send one more request while a new worker takes the place of this one. */
const PATIENCE_MS = 2000;

/**
 * Starts the default application: loads `src/middleware` and `src/routes` of the current folder and listens on `PORT`.
 *
 * The process then belongs to the server. It stops cleanly at SIGTERM and SIGINT: what runs is finished, then it exits with 0; a
 * second signal ends it at once.
 *
 * With `TINA4_WORKERS` the program is started once more for each of them, and they share the port. This process then serves
 * nothing: it replaces workers that crash, and all of them one by one at SIGHUP; in it this call does not return.
 *
 * @throws {Tina4Error} when a setting, a route or a file is not fit to start with; nothing listens then.
 * @example
 * ```ts no-run
 * import { get, run } from "tina4-ts";
 * get("/hello", () => ({ hello: "world" }));
 * await run();
 * ```
 */
export async function run(options: ListenOptions = {}): Promise<ListenAddress> {
  const application = currentApplication();
  const link = SupervisorLink.find();
  const count = workersOf(application.settings);
  if (link === undefined && count > 1) return superviseThisProgram(application, count);
  const address = await application.listen(options);
  let isStopping = false;
  const stopOnce = (reason: FinishReason): void => {
    if (!isStopping) void stop(application, reason, link);
    isStopping = true;
  };
  onStopSignal(stopOnce);
  link?.onFinish(stopOnce);
  if (link === undefined) {
    process.stdout.write(`tina4 found ${application.contents}\n`);
    process.stdout.write(`tina4 listens on ${address.url}\n`);
  }
  link?.reportServing({ url: address.url, contents: application.contents });
  return address;
}

async function superviseThisProgram({ settings, log, exportedVariables }: Application, count: number): Promise<never> {
  const [, file = "", ...args] = process.argv;
  return process.exit(
    await runWorkers({ count, settings, log, program: { file, args, hiddenVariables: exportedVariables } }),
  );
}

async function stop(application: Application, reason: FinishReason, link: SupervisorLink | undefined): Promise<void> {
  let exitCode = 0;
  await application.close(closeOptionsFor(reason, application)).catch((error: unknown) => {
    application.log.error({ error }, "the application could not close everything");
    exitCode = 1;
  });
  await link?.handBackConnections();
  process.exit(exitCode);
}

/** Where another worker serves on, nobody has to be told; at the keyboard, nobody has to be waited for. */
function closeOptionsFor(reason: FinishReason, { settings }: Application): CloseOptions {
  if (reason === "replaced") return { patienceMs: PATIENCE_MS };
  return { delayMs: reason === "SIGTERM" && !settings.TINA4_DEBUG ? settings.TINA4_SHUTDOWN_DELAY * 1000 : 0 };
}
