import { isUtf8 } from "node:buffer";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { escapeControls } from "../../text/escape-controls.ts";
import type { Dialect } from "../sql/dialect.ts";
import { MigrationError } from "./migration-error.ts";
import { type MigrationFile, type MigrationNames, readMigration } from "./migration-file.ts";

const FILE_NAME = /^(\d{14}_[a-z0-9_]+)(?:\.(sqlite|postgres|mysql))?\.sql$/;
const MAX_NAME_LENGTH = 100;

const TEMPLATE = `-- UP


-- DOWN

`;

/** The folder with the migrations of a project, whose names begin with the time of their making and so sort by it. */
export class MigrationFolder {
  readonly #path: string;
  readonly #dialect: Dialect;

  constructor(path: string, dialect: Dialect) {
    this.#path = path;
    this.#dialect = dialect;
  }

  /**
   * @returns All migrations, the oldest first; none when there is no such folder. `NAME.postgres.sql` takes the place of
   * `NAME.sql` on PostgreSQL, and so on.
   */
  async read(): Promise<readonly MigrationFile[]> {
    const files = (await this.#entries()).filter((file) => /\.sql$/i.test(file));
    const names = [...new Set(files.map(migrationName))].sort();
    return Promise.all(names.map((name) => this.#readFile({ name, file: this.#choose(name, files) })));
  }

  /** @returns The path of a new file with both markers and nothing else. */
  async create(name: string, now: number): Promise<string> {
    const words = name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "_")
      .replace(/^_|_$/g, "");
    if (words === "" || words.length > MAX_NAME_LENGTH) {
      throw new MigrationError("A migration needs a name of letters and digits, up to 100 of them, like create_users.");
    }
    const timestamp = new Date(now).toISOString().replace(/\D/g, "").slice(0, 14);
    const path = join(this.#path, `${timestamp}_${words}.sql`);
    await mkdir(this.#path, { recursive: true });
    try {
      await writeFile(path, TEMPLATE, { flag: "wx" });
    } catch (error) {
      throw codeOf(error) === "EEXIST" ? new MigrationError(`${path} exists already.`) : error;
    }
    return path;
  }

  #choose(name: string, files: readonly string[]): string {
    const own = name.replace(/sql$/, `${this.#dialect.name}.sql`);
    const file = [own, name].find((wanted) => files.includes(wanted));
    if (file === undefined) {
      throw new MigrationError(
        `${name}: other databases have a file, this one has none. Write ${own}, or ${name} for all.`,
      );
    }
    return file;
  }

  async #readFile(names: MigrationNames): Promise<MigrationFile> {
    const bytes = await readFile(join(this.#path, names.file)).catch((error: unknown) => {
      throw new MigrationError(`${names.file}: the file cannot be read (${codeOf(error)}).`, { cause: error });
    });
    if (!isUtf8(bytes)) {
      throw new MigrationError(`${names.file}: a migration is UTF-8 text.`);
    }
    return readMigration(names, bytes.toString("utf8"), this.#dialect);
  }

  async #entries(): Promise<readonly string[]> {
    try {
      return await readdir(this.#path);
    } catch (error) {
      if (codeOf(error) === "ENOENT") {
        return [];
      }
      throw error;
    }
  }
}

function migrationName(file: string): string {
  const name = FILE_NAME.exec(file)?.[1];
  if (name === undefined) {
    throw new MigrationError(`${escapeControls(file)}: a migration is named like 20260131093000_create_users.sql.`);
  }
  return `${name}.sql`;
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
