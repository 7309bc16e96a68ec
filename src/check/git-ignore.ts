import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

interface Rule {
  readonly pattern: RegExp;
  readonly isException: boolean;
}

/**
 * Tells whether git would leave a file or folder of a project out, by the `.gitignore` files from the top of the repository down to
 * the project. What is in it already is not looked up.
 *
 * @returns `undefined` outside of a repository.
 */
export function gitIgnore(root: string): ((path: string) => boolean) | undefined {
  const folders = foldersUpToRepository(root);
  if (folders === undefined) return undefined;
  const rules = folders.map((folder) => ({ folder, rules: rulesIn(join(folder, ".gitignore")) }));
  return (path) => {
    let isIgnored = false;
    for (const { folder, rules: own } of rules) {
      const name = relative(folder, join(root, path)).split(sep).join("/");
      for (const { pattern, isException } of own) if (pattern.test(name)) isIgnored = !isException;
    }
    return isIgnored;
  };
}

/** The top first; none when there is no repository around. */
function foldersUpToRepository(root: string): readonly string[] | undefined {
  const folders = [root];
  for (let folder = root; !existsSync(join(folder, ".git")); folder = dirname(folder)) {
    if (dirname(folder) === folder) return undefined;
    folders.unshift(dirname(folder));
  }
  return folders;
}

function rulesIn(file: string): readonly Rule[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => ({ pattern: patternOf(line.replace(/^!/, "")), isException: line.startsWith("!") }));
}

/** A slash at the start or inside ties a pattern to its folder; what is below an ignored folder is ignored. */
function patternOf(line: string): RegExp {
  const isTied = line.slice(0, -1).includes("/");
  const path = line
    .replace(/^\//, "")
    .replace(/\/$/, "")
    .replace(/[.+^$()|{}\\]/g, "\\$&")
    .replace(/\*\*\/|\*\*|\*|\?/g, (wildcard) => WILDCARDS[wildcard] ?? wildcard);
  return new RegExp(`^${isTied ? "" : "(?:.*/)?"}${path}(?:/|$)`);
}

const WILDCARDS: Readonly<Record<string, string>> = { "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]" };
