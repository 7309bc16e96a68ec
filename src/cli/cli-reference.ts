import type { Command } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { flagForm, usageLine } from "./usage.ts";
import { wrapText } from "./wrap-text.ts";

const COLUMNS = 120;

const INTRODUCTION = `# The command \`tina4\`

This file is printed from \`src/cli/commands.ts\`; do not edit it.

A command that takes a folder works on the project in it, the current one by default. When the project has its own
\`tina4-ts\`, that one does the work. The exit code is 0 when all went well, 1 when the command failed, and 2 when there is no
such command or flag. \`tina4 help <command>\` and \`tina4 <command> --help\` tell what a command takes, \`tina4 --version\` which
version this is.`;

/** Prints the table of commands as the Markdown of `docs/reference/cli.md`. */
export function cliReference(): string {
  return `${[INTRODUCTION, ...COMMANDS.map(section)].join("\n\n")}\n`;
}

function section(command: Command): string {
  const flags = Object.entries(command.flags).map(
    ([name, flag]) => `| \`${flagForm(name, flag).replaceAll("|", "\\|")}\` | ${flag.meaning} |`,
  );
  const table = flags.length === 0 ? [] : ["", "| Flag | Meaning |", "|---|---|", ...flags];
  const details = command.details === undefined ? [] : ["", ...wrapText(command.details, COLUMNS)];
  return [`## ${command.name}`, "", `    ${usageLine(command)}`, "", command.meaning, ...table, ...details].join("\n");
}
