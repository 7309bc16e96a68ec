import type { SettingRow } from "../config/setting-row.ts";
import { SETTINGS, type SettingName, type SettingSources, type Settings } from "../config/settings.ts";
import { scrubMessage } from "../log/scrub-fields.ts";
import { redactUrl } from "../text/redact-url.ts";
import { settingDoubt } from "./setting-doubt.ts";

/** One setting, as a developer looks at it. */
export interface SettingLine {
  readonly name: string;
  /** Of a secret only how long it is. */
  readonly value: string;
  readonly source: string;
  /** What is weak about it in production. */
  readonly doubt: string | undefined;
}

/** Describes every setting, in the order of their table. */
export function settingLines(settings: Settings, sources: SettingSources): readonly SettingLine[] {
  return (Object.keys(SETTINGS) as SettingName[]).map((name) => ({
    name,
    value: valueWords(SETTINGS[name], settings[name]),
    source: sources[name],
    doubt: settingDoubt(name, settings),
  }));
}

/** A password can stand in any URL, also where none belongs. */
function valueWords({ kind, secret }: SettingRow, value: Settings[SettingName]): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return "unset";
  const texts = [value].flat().map(String);
  if (secret) return `set, ${texts.map((text) => `${Buffer.byteLength(text)} bytes`).join(" and ")}`;
  return texts
    .map((text) => (kind === "connectionUrl" || text.includes("@") ? redactUrl(text) : scrubMessage(text)))
    .join(", ");
}
