import { readFileSync } from "node:fs";
import type { Command } from "./command.ts";
import { enterProject } from "./enter-project.ts";
import { help } from "./help.ts";
import { findCommand, parseArguments } from "./parse-arguments.ts";

const PACKAGE_JSON = new URL("../../package.json", import.meta.url);

/**
 * Runs the command that stands in the words after `tina4`. One that takes a folder runs inside it.
 *
 * @returns The exit code; nothing when the command goes on running.
 * @throws {UsageError} when the words make no command.
 */
export async function runCommandLine(
  words: readonly string[],
  commands: readonly Command[],
): Promise<number | undefined> {
  const [name, ...rest] = words;
  if (name === undefined || name === "--help" || name === "-h") return help(undefined, commands);
  if (name === "--version") return printVersion();
  const command = findCommand(name, commands);
  const { wantsHelp, values } = parseArguments(rest, command);
  if (wantsHelp) return help(name, commands);
  if (command.makesFolder || !command.operands.includes("folder?")) return command.run(values);
  const ownCommand = enterProject(String(values.folder ?? "."));
  if (ownCommand === undefined) return command.run(values);
  await import(ownCommand);
  return undefined;
}

function printVersion(): number {
  const { version } = JSON.parse(readFileSync(PACKAGE_JSON, "utf8")) as { version: string };
  process.stdout.write(`${version}\n`);
  return 0;
}
