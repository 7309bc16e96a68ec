import { loadSettings, type SettingOverrides } from "../config/load-settings.ts";
import type { ReadSettings } from "../config/read-settings.ts";
import { workersOf } from "../config/workers-of.ts";
import { serveReloading } from "./serve-reloading.ts";

export interface ServeFlags {
  readonly port: number | undefined;
  readonly host: string | undefined;
  /** A number or `auto`. */
  readonly workers: string | undefined;
  readonly production: boolean | undefined;
  readonly migrate: boolean | undefined;
}

/**
 * Serves the project in the current folder: in debug from a process that is replaced when a file changes, else from this one or
 * from its workers. Only a process that serves loads the application.
 */
export async function serve(flags: ServeFlags): Promise<number | undefined> {
  const { port, host, workers, production, migrate = false } = flags;
  const settings: SettingOverrides = {
    PORT: port,
    TINA4_HOST: host,
    TINA4_WORKERS: workers,
    TINA4_DEBUG: production === true ? false : undefined,
  };
  const read = readOnly(settings);
  if (read.settings.TINA4_DEBUG) return serveReloading({ settings, migrate });
  if (workersOf(read.settings) > 1) {
    const { serveWorkers } = await import("./serve-workers.ts");
    return serveWorkers({ settings, migrate }, read);
  }
  const { serveProject } = await import("./serve-project.ts");
  await serveProject({ settings, migrate });
  return undefined;
}

/** What this process exports its children inherit, where it would win over an edited `.env`. */
function readOnly(overrides: SettingOverrides): ReadSettings {
  return loadSettings({ root: process.cwd(), overrides, exportVariables: false });
}
