import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** A project, ready to run but for what the ends of some names say: `.env.template` is filled in and written as `.env`. */
const STARTER = fileURLToPath(new URL("../../starter/", import.meta.url));
const TEMPLATE = ".template";
const BLANK = /__([A-Z0-9_]+)__/g;
const OWNER_ONLY = 0o600;

export interface StarterFile {
  /** From the project's folder: `src/routes/guestbook.ts`. */
  readonly path: string;
  readonly text: string;
  /** Who may do what with it; unset: what is usual for this user. */
  readonly mode: number | undefined;
}

/** What the blanks of templates are filled with, such as `__SECRET__`. */
export interface StarterBlanks {
  readonly PROJECT_NAME: string;
  readonly TINA4_VERSION: string;
  readonly SECRET: string;
}

/** The files of a new project, filled in, sorted by their paths. */
export function starterFiles(blanks: StarterBlanks): readonly StarterFile[] {
  return readdirSync(STARTER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(STARTER, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
    .sort()
    .map((name) => starterFile(name, blanks));
}

function starterFile(name: string, blanks: StarterBlanks): StarterFile {
  const text = readFileSync(join(STARTER, name), "utf8");
  if (!name.endsWith(TEMPLATE)) return { path: name, text, mode: undefined };
  const path = name.slice(0, -TEMPLATE.length);
  return { path, text: filledIn(text, name, blanks), mode: path === ".env" ? OWNER_ONLY : undefined };
}

function filledIn(text: string, name: string, blanks: StarterBlanks): string {
  return text.replace(BLANK, (blank, key: string) => {
    if (!Object.hasOwn(blanks, key)) throw new Error(`${name} has the blank ${blank}, and nothing is to go into it.`);
    return blanks[key as keyof StarterBlanks];
  });
}
