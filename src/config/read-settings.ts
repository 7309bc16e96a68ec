import { type FaultCode, Tina4Error } from "../errors.ts";
import { escapeControls } from "../text/escape-controls.ts";
import { nearestName } from "../text/nearest-name.ts";
import { redactUrl } from "../text/redact-url.ts";
import { findConflicts } from "./conflicts.ts";
import { SETTING_KINDS } from "./setting-kinds.ts";
import type { SettingRow } from "./setting-row.ts";
import { SETTINGS, type SettingSources, type Settings } from "./settings.ts";
import type { Variable, Variables } from "./variable.ts";

const MAX_SHOWN_CHARACTERS = 80;

/** Names that can only be meant for us; the tests have settings of their own. */
const OURS = /^(?:TINA4_(?!TEST_)|CORS_)/;

const ROWS: readonly [string, SettingRow][] = Object.entries(SETTINGS);

/** Every name that a setting can be written under, the second ones too. */
export const SETTING_NAMES: readonly string[] = ROWS.flatMap(([name, { alias }]) => (alias ? [name, alias] : [name]));

export interface ReadSettings {
  readonly settings: Settings;
  readonly sources: SettingSources;
  /** What is allowed and probably not meant, a sentence each. */
  readonly warnings: readonly string[];
  /** Those of the warnings that are about names which are no settings. */
  readonly unknownNames: readonly string[];
}

/**
 * Turns variables into checked settings.
 *
 * @throws {Tina4Error} `SETTING_INVALID` listing every bad value, one a line, and showing no secret.
 * @throws {Tina4Error} `SETTING_CONFLICT` listing every contradiction, when each value by itself is fine.
 */
export function readSettings(variables: Variables): ReadSettings {
  const values: Record<string, unknown> = {};
  const sources: Record<string, string> = {};
  const invalid: string[] = [];
  const isDebug = SETTING_KINDS.boolean.read(variables.get("TINA4_DEBUG")?.text ?? "", {}) === true;
  for (const [name, row] of ROWS) {
    const variable = lookUp(name, row, variables);
    const value = variable === undefined ? defaultOf(row, isDebug) : SETTING_KINDS[row.kind].read(variable.text, row);
    if (variable !== undefined && value === undefined) invalid.push(refusal(name, row, variable));
    values[name] = Object.freeze(value);
    sources[name] = variable?.source ?? "default";
  }
  const disagreeing = disagreeingAliases(variables);
  throwIfAny("SETTING_INVALID", invalid, disagreeing);
  const settings = Object.freeze(values) as Settings;
  const conflicts = findConflicts(settings, sources as SettingSources);
  throwIfAny("SETTING_CONFLICT", [...disagreeing, ...conflicts.errors]);
  const unknown = unknownNames(variables);
  const warnings = [...unknown, ...conflicts.warnings];
  return { settings, sources: Object.freeze(sources) as SettingSources, warnings, unknownNames: unknown };
}

function lookUp(name: string, { alias }: SettingRow, variables: Variables): Variable | undefined {
  const aliased = alias === undefined ? undefined : variables.get(alias);
  return variables.get(name) ?? (aliased && { text: aliased.text, source: `${aliased.source}, as ${alias}` });
}

function defaultOf(row: SettingRow, isDebug: boolean): SettingRow["default"] {
  return isDebug ? (row.debugDefault ?? row.default) : row.default;
}

/** "PORT must be a whole number from 0 to 65535, not "abc" (.env, line 3)." */
function refusal(name: string, row: SettingRow, { text, source }: Variable): string {
  const allowed = SETTING_KINDS[row.kind].allows(row);
  return `${name} must be ${allowed}${row.secret ? "" : `, not "${shown(row, text)}"`} (${source}).`;
}

/** A password can stand in any URL, also where none belongs. */
function shown({ kind }: SettingRow, text: string): string {
  const safe = kind === "connectionUrl" || text.includes("@") ? redactUrl(text) : text;
  return escapeControls(safe.length > MAX_SHOWN_CHARACTERS ? `${safe.slice(0, MAX_SHOWN_CHARACTERS)}…` : safe);
}

function disagreeingAliases(variables: Variables): string[] {
  return ROWS.flatMap(([name, { alias = name }]) => {
    const [one, other] = [variables.get(name), variables.get(alias)];
    if (one === undefined || other === undefined || one.text === other.text) return [];
    return [`${name} (${one.source}) and ${alias} (${other.source}) are one setting with two different values.`];
  });
}

function unknownNames(variables: Variables): string[] {
  const unknown = [...variables].filter(([name]) => OURS.test(name) && !SETTING_NAMES.includes(name));
  return unknown.map(([name, { source }]) => {
    const nearest = nearestName(withoutPrefix(name), SETTING_NAMES.map(withoutPrefix));
    const meant = SETTING_NAMES.find((known) => withoutPrefix(known) === nearest);
    return `${name} (${source}) is no setting.${meant === undefined ? "" : ` Did you mean ${meant}?`}`;
  });
}

/** The prefix is long: with it, every two short names would look alike. */
function withoutPrefix(name: string): string {
  return name.replace(/^TINA4_/, "");
}

function throwIfAny(code: FaultCode, flaws: readonly string[], others: readonly string[] = []): void {
  if (flaws.length > 0) throw new Tina4Error(code, [...flaws, ...others].join("\n"));
}
