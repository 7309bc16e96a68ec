import { builtinModules } from "node:module";
import { Tina4Error } from "../errors.ts";

const NAME = /^[a-z0-9][a-z0-9._-]*$/;
const MAX_LENGTH = 214;
/** What npm keeps for itself, and packages that a project installs: none can be installed into one of its own name. */
const TAKEN: readonly string[] = ["node_modules", "favicon.ico", "tina4-ts", "typescript"];

/**
 * Refuses what npm does not take as the name of a package.
 *
 * @throws {Tina4Error} OPTION_INVALID with a name that would do, if one can be made of it.
 */
export function checkProjectName(name: string): void {
  if (isProjectName(name)) return;
  const rules = `lower-case letters, digits, "-", "_" and ".", at most ${MAX_LENGTH}, and not the name of a package it needs`;
  const better = nearName(name);
  const remedy = isProjectName(better) ? ` Call it ${better}.` : "";
  throw new Tina4Error("OPTION_INVALID", `A project cannot be called "${name}". npm takes ${rules}.${remedy}`);
}

function isProjectName(name: string): boolean {
  return NAME.test(name) && name.length <= MAX_LENGTH && !TAKEN.includes(name) && !builtinModules.includes(name);
}

function nearName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+|-+$/g, "");
}
