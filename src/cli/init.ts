import { basename, relative, resolve } from "node:path";
import { loadSettings } from "../config/load-settings.ts";
import { DatabasePools } from "../database/database-pools.ts";
import { projectMigrations } from "../database/migrations/project-migrations.ts";
import { Tina4Error } from "../errors.ts";
import { ask } from "./ask.ts";
import { NewFiles } from "./new-files.ts";
import { newSecret } from "./new-secret.ts";
import { ownDependency } from "./own-dependency.ts";
import { checkProjectName } from "./project-name.ts";
import { starterFiles } from "./starter-files.ts";

const HERE = ".";
const DATA = "data";

export interface InitOptions {
  readonly folder: string | undefined;
  readonly yes: boolean | undefined;
}

/**
 * Writes a project that runs and passes its own tests, with a secret of its own and a migrated database. All of it or nothing:
 * it replaces no file, and takes back what it has written when something fails.
 *
 * @throws {Tina4Error} FILE_EXISTS naming every file that is there already; OPTION_INVALID when npm would not take the name;
 * PROJECT_INVALID when something else fails.
 */
export async function init({ folder, yes }: InitOptions): Promise<number> {
  const root = resolve(folder ?? (yes ? HERE : await ask("In which folder? Enter alone takes this one: ", HERE)));
  const name = basename(root);
  checkProjectName(name);
  const files = starterFiles({ PROJECT_NAME: name, TINA4_VERSION: ownDependency(root), SECRET: newSecret() });
  const made = new NewFiles(root);
  refuseTaken(root, made.taken([...files.map(({ path }) => path), DATA]));
  try {
    for (const file of files) made.write(file);
    made.makePrivateFolder(DATA);
    await migrate(root);
  } catch (error) {
    made.removeAll();
    throw unwritten(error);
  }
  process.stdout.write(report(root, files.length));
  return 0;
}

function refuseTaken(root: string, taken: readonly string[]): void {
  if (taken.length === 0) return;
  const list = taken.map((path) => `\n  ${path}`).join("");
  const remedy = "Nothing was written. Name another folder: tina4 init my-site";
  throw new Tina4Error("FILE_EXISTS", `${root} has files of the same names:${list}\n${remedy}`);
}

function unwritten(cause: unknown): Tina4Error {
  const problem = cause instanceof Error ? cause.message : String(cause);
  return new Tina4Error("PROJECT_INVALID", `The project could not be written, and nothing is left of it. ${problem}`, {
    cause,
  });
}

/** By the settings that were written, whatever this process has in its environment. */
async function migrate(root: string): Promise<void> {
  const { settings } = loadSettings({ root, environment: {} });
  const pools = new DatabasePools({ root });
  try {
    await projectMigrations({ root, url: settings.TINA4_DATABASE_URL, pools }).migrate();
  } finally {
    await pools.close();
  }
}

function report(root: string, count: number): string {
  const folder = relative(process.cwd(), root);
  const enter = folder === "" ? [] : [`cd ${/^[\w./-]+$/.test(folder) ? folder : JSON.stringify(folder)}`];
  const next = [...enter, "npm install", "npm test", "npx tina4 serve"].map((line) => `  ${line}\n`);
  return [`Wrote ${count} files and a database into ${folder || "this folder"}. Now:\n\n`, ...next].join("");
}
