import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Tina4Error } from "../errors.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import { parseEnvFile } from "./env-file.ts";
import { exportVariable, ownEnvironment } from "./export-variable.ts";
import { type ReadSettings, readSettings, SETTING_NAMES } from "./read-settings.ts";
import type { SettingRow } from "./setting-row.ts";
import { SETTINGS, type SettingName } from "./settings.ts";
import type { Variable, Variables } from "./variable.ts";

/** In rising precedence; the real environment stands above both. */
const ENV_FILES = [".env", ".env.local"];

export interface LoadSettingsOptions {
  /** The folder of the project, where `.env` and `.env.local` may be. */
  readonly root: string;
  /** Variables to read in place of those of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Settings that win over every variable. */
  readonly overrides?: SettingOverrides | undefined;
  /** Whether the project's own variables in the two files go into `process.env`. Default: unless `environment` is given. */
  readonly exportVariables?: boolean | undefined;
}

export interface LoadedSettings extends ReadSettings {
  /** Variables of the two files that were added to `process.env`. */
  readonly exported: readonly string[];
}

/** Settings by the names of their variables, as a program gives them: `{ TINA4_DEBUG: true, PORT: 0 }`. */
export type SettingOverrides = { readonly [Name in SettingName]?: string | number | boolean | undefined };

/**
 * Reads all settings of a project, once, before anything starts: overrides > environment > `.env.local` > `.env`.
 *
 * An empty variable is an unset one. Variables of the two files that are no settings are added to `process.env` for the
 * application, unless it has them already or is not to get them; our own, secrets among them, are not, so that no child
 * process inherits them. `API_KEYS` belongs to both.
 *
 * @returns The settings, where each comes from, and warnings for the log.
 * @throws {Tina4Error} `SETTING_INVALID` or `SETTING_CONFLICT` naming everything that is wrong.
 * @throws {Tina4Error} `OPTION_UNKNOWN` when an override is no setting.
 * @example
 * ```ts
 * const { settings, warnings } = loadSettings({ root: process.cwd(), overrides: { TINA4_DEBUG: false } });
 * server.listen(settings.PORT, settings.TINA4_HOST);
 * ```
 */
export function loadSettings({
  root,
  environment,
  overrides = {},
  exportVariables = environment === undefined,
}: LoadSettingsOptions): LoadedSettings {
  const files = ENV_FILES.map((file) => readEnvFile(root, file));
  const variables = merge([...files, fromEnvironment(environment ?? ownEnvironment())]);
  override(variables, overrides);
  const read = readSettings(variables);
  return { ...read, exported: exportVariables ? addToProcess(files) : [] };
}

function readEnvFile(root: string, file: string): Variables {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(root, file));
  } catch (cause) {
    if (isNotFound(cause)) return new Map();
    throw new Tina4Error("SETTING_INVALID", `${file} exists and cannot be read.`, { cause });
  }
  if (!isUtf8(bytes)) throw new Tina4Error("SETTING_INVALID", `${file} is not in UTF-8.`);
  return parseEnvFile(bytes.toString(), file);
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function fromEnvironment(environment: Readonly<Record<string, string | undefined>>): Variables {
  return new Map(Object.entries(environment).map(([name, text = ""]) => [name, { text, source: "environment" }]));
}

/** The highest layer that says something wins; spaces around a value, and values of spaces only, say nothing. */
function merge(layers: readonly Variables[]): Map<string, Variable> {
  const merged = new Map<string, Variable>();
  for (const [name, { text, source }] of layers.flatMap((layer) => [...layer])) {
    if (text.trim() !== "") merged.set(name, { text: text.trim(), source });
  }
  return merged;
}

function override(variables: Map<string, Variable>, overrides: SettingOverrides): void {
  refuseUnknownKeys("settings", overrides, Object.keys(SETTINGS));
  for (const [name, value] of Object.entries(overrides)) {
    if (value === undefined) continue;
    const { alias }: SettingRow = SETTINGS[name as SettingName];
    if (alias !== undefined) variables.delete(alias);
    variables.set(name, { text: String(value).trim(), source: "option" });
  }
}

/**
 * Its own settings stay out of `process.env`: they are secrets among others, and child processes inherit it.
 *
 * @returns The names that were added.
 */
function addToProcess(files: readonly Variables[]): readonly string[] {
  const added: string[] = [];
  for (const [name, { text }] of files.toReversed().flatMap((file) => [...file])) {
    const isOurs = name.startsWith("TINA4_") || (SETTING_NAMES.includes(name) && !isShared(name));
    if (!isOurs && text.trim() !== "" && exportVariable(name, text)) added.push(name);
  }
  return added;
}

function isShared(name: string): boolean {
  const row: SettingRow | undefined = SETTINGS[name as SettingName];
  return row?.shared === true;
}
