import type { Command, Flag } from "./command.ts";
import { GAP, textTable } from "./text-table.ts";
import { joinWords, wrapText } from "./wrap-text.ts";

const COLUMNS = 80;
const INDENT = "  ";

/** `tina4 migrate:create <name> [folder]` */
export function usageLine(command: Command): string {
  return usageWords(command).join(" ");
}

/** `--port N` */
export function flagForm(name: string, { value }: Flag): string {
  return value === undefined ? `--${name}` : `--${name} ${value.name}`;
}

/** What one command does and takes, in lines of at most 80 characters. */
export function usage(command: Command): string {
  const flags = Object.entries(command.flags).map(([name, flag]) => [flagForm(name, flag), flag.meaning] as const);
  const sections = [usageLines(command), paragraph(command.meaning), described(flags), paragraph(command.details)];
  return sections.filter((section) => section !== "").join("\n");
}

/** What commands there are, in lines of at most 80 characters. */
export function overview(commands: readonly Command[]): string {
  return [
    "tina4 <command>\n",
    described(commands.map(({ name, meaning }) => [name, meaning] as const)),
    paragraph("tina4 help <command> tells what a command takes, tina4 --version which version this is."),
  ].join("\n");
}

function usageWords({ name, operands, flags }: Command): readonly string[] {
  const shownOperands = operands.map((operand) =>
    operand.endsWith("?") ? `[${operand.slice(0, -1)}]` : `<${operand}>`,
  );
  const shownFlags = Object.entries(flags).map(([flag, definition]) => `[${flagForm(flag, definition)}]`);
  return ["tina4", name, ...shownOperands, ...shownFlags];
}

/** A flag stays on one line with its value. */
function usageLines(command: Command): string {
  return `${joinWords(usageWords(command), COLUMNS - INDENT.length).join(`\n${INDENT}`)}\n`;
}

function paragraph(text: string | undefined): string {
  return text === undefined ? "" : `${wrapText(text, COLUMNS).join("\n")}\n`;
}

/** Names, and beside each what it means. */
function described(entries: readonly (readonly [name: string, meaning: string])[]): string {
  const width = Math.max(...entries.map(([name]) => name.length));
  const room = COLUMNS - INDENT.length - width - GAP.length;
  const rows = entries.flatMap(([name, meaning]) =>
    wrapText(meaning, room).map((line, index) => [INDENT + (index === 0 ? name : ""), line]),
  );
  return textTable(rows);
}
