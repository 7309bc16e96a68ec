import type { Application } from "../app/application.ts";
import { loadSettings, type SettingOverrides } from "../config/load-settings.ts";
import type { ReadSettings } from "../config/read-settings.ts";
import type { Machine } from "./machine.ts";
import { type MigrationState, migrationState } from "./migration-state.ts";
import { type SourceFile, sourceFiles } from "./source/source-files.ts";

export interface LoadedApplication {
  readonly application: Application;
  /** What the program of the project says in `createApp({ settings })`: it wins over the environment. */
  readonly ownSettings: SettingOverrides;
}

export interface ProjectOptions {
  /** The folder of the project, absolute. */
  readonly root: string;
  /** Whether to look at it as it would be in production. */
  readonly isDeploy: boolean;
  readonly machine: Machine;
  /** Loads the project without listening. */
  readonly load: () => Promise<LoadedApplication>;
  /** Variables to read in place of those of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

/** A project, as findings look at it. */
export interface Project extends Pick<ProjectOptions, "root" | "isDeploy" | "machine"> {
  /** Nothing where they cannot be read. */
  readonly configuration: ReadSettings | undefined;
  /** Nothing where it does not start. */
  readonly application: Application | undefined;
  /** Why it does not start. */
  readonly fault: unknown;
  readonly sources: readonly SourceFile[];
  /** Asks the database, once. */
  readonly migrations: () => Promise<MigrationState>;
}

/** Loads a project as far as it can be loaded. */
export async function openProject(options: ProjectOptions): Promise<Project> {
  const { root, isDeploy, machine } = options;
  const common = { root, isDeploy, machine, sources: sourceFiles(root) };
  let configuration: ReadSettings | undefined;
  let application: Application | undefined;
  let fault: unknown;
  try {
    configuration = readSettingsOf(options);
    const loaded = await options.load();
    application = loaded.application;
    configuration = readSettingsOf(options, loaded.ownSettings);
  } catch (error) {
    fault = error;
  }
  return { ...common, configuration, application, fault, migrations: askedOnce(root, configuration) };
}

/** Not those of the application: to be looked at it is loaded with a key of its own and without servers. */
function readSettingsOf({ root, environment }: ProjectOptions, overrides: SettingOverrides = {}): ReadSettings {
  return loadSettings({ root, environment, overrides, exportVariables: false });
}

function askedOnce(root: string, configuration: ReadSettings | undefined): Project["migrations"] {
  let answer: Promise<MigrationState> | undefined;
  return () => {
    const url = configuration?.settings.TINA4_DATABASE_URL;
    answer ??= url === undefined ? Promise.resolve({ states: [] }) : migrationState(root, url);
    return answer;
  };
}
