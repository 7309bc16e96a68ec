import { SETTING_KINDS } from "./setting-kinds.ts";
import type { SettingRow } from "./setting-row.ts";
import { SETTINGS, type SettingName } from "./settings.ts";

const INTRODUCTION = `# Settings

This file is printed from \`src/config/settings.ts\`; do not edit it.

A setting is read once, at start, in this order: the \`settings\` of \`createApp\` and the flags of the command, the real
environment, \`.env.local\`, \`.env\`. An empty value is an unset one. Every bad value is named in one error and the
application does not start; an unknown \`TINA4_\` name is a warning.

\`.env\` holds one \`NAME=value\` per line, perhaps after \`export\`. A \`#\` after a space begins a comment. An unquoted value
may hold quotes; \`'single quotes'\` keep everything as it is, \`"double quotes"\` know \`\\n \\r \\t \\" \\\\ \\$\`. Nothing is
expanded, no value spans two lines, and no name may stand twice. Variables that are no settings are added to
\`process.env\` unless it has them; settings are not, but for \`API_KEYS\`.`;

/** The first setting of each section, in the order of the table. */
const SECTIONS: { readonly [Name in SettingName]?: string } = {
  SECRET: "Keys",
  PORT: "Server",
  TINA4_PUBLIC_ORIGIN: "Addresses",
  TINA4_TOKEN_EXPIRES_IN: "Tokens and passwords",
  TINA4_SESSION_BACKEND: "Sessions",
  TINA4_CSRF: "Protection of requests",
  TINA4_FRAME_OPTIONS: "Security headers",
  TINA4_DATABASE_URL: "Database and log",
};

/** Prints the table of settings as the Markdown of `docs/reference/settings.md`. */
export function settingsReference(): string {
  const lines = [INTRODUCTION];
  for (const [name, row] of Object.entries<SettingRow>(SETTINGS)) {
    const section = SECTIONS[name as SettingName];
    if (section !== undefined) {
      lines.push(`\n## ${section}\n\n| Setting | Default | Allowed | Meaning |\n|---|---|---|---|`);
    }
    lines.push(`| ${cells(name, row).join(" | ")} |`);
  }
  return `${lines.join("\n")}\n`;
}

function cells(name: string, row: SettingRow): string[] {
  const names = row.alias === undefined ? code(name) : `${code(name)}, also ${code(row.alias)}`;
  const meaning = row.secret ? `${row.meaning} No message shows it.` : row.meaning;
  return [names, defaultCell(row), SETTING_KINDS[row.kind].allows(row), meaning];
}

function defaultCell({ default: value, debugDefault }: SettingRow): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return "unset";
  return debugDefault === undefined ? code(value) : `${code(value)}, in debug ${code(debugDefault)}`;
}

function code(value: NonNullable<SettingRow["default"]>): string {
  return `\`${value}\``;
}
