import { fileURLToPath } from "node:url";
import type { ReadSettings } from "../config/read-settings.ts";
import { workersOf } from "../config/workers-of.ts";
import { runWorkers } from "../global/run-workers.ts";
import { createLogger } from "../log/create-logger.ts";
import { migrateOnly } from "./migrate.ts";
import type { ServeOptions } from "./serve-project.ts";

const PROGRAM = fileURLToPath(new URL("../cli/serve-worker.js", import.meta.url));

/** Serves the project in the current folder from several processes. This one only watches over them, and loads no route. */
export async function serveWorkers(options: ServeOptions, { settings, warnings }: ReadSettings): Promise<number> {
  const log = createLogger({ level: settings.TINA4_LOG_LEVEL, format: settings.TINA4_LOG_FORMAT });
  for (const warning of warnings) log.warn(warning);
  if (options.migrate) await migrateOnly(settings.TINA4_DATABASE_URL);
  const program = { file: PROGRAM, args: [JSON.stringify({ ...options, migrate: false })] };
  return runWorkers({ count: workersOf(settings), settings, log, program });
}
