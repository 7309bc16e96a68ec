import { didYouMean } from "../../text/did-you-mean.ts";
import { refuseUnknownKeys } from "../../text/refuse-unknown-keys.ts";
import type { Database } from "../database.ts";
import { MigrationError } from "./migration-error.ts";
import { checksumOf, type MigrationFile } from "./migration-file.ts";
import { MigrationFolder } from "./migration-folder.ts";
import { type AppliedMigration, MigrationHistory } from "./migration-history.ts";
import { MigrationRun } from "./migration-run.ts";
import { type MigrationStatus, migrationStatus } from "./migration-status.ts";
import { refuseUnresolved } from "./refuse-unresolved.ts";
import { whileLocked } from "./while-locked.ts";

export interface MigrationsOptions {
  readonly database: Database;
  /** The folder with the migration files. */
  readonly folder: string;
  /** How long to wait while another process migrates: 60 seconds. */
  readonly waitMilliseconds?: number | undefined;
  /** Is told what happens while it happens. */
  readonly onProgress?: ((progress: MigrationProgress) => void) | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** `waiting`: another process migrates this database. `applied` and `undone`: the migration of this name is. */
export type MigrationProgress =
  | { readonly kind: "waiting" }
  | { readonly kind: "applied" | "undone"; readonly name: string };

const OPTIONS: readonly (keyof MigrationsOptions)[] = ["database", "folder", "waitMilliseconds", "onProgress", "now"];
const WAIT_MILLISECONDS = 60_000;

/**
 * Brings the tables of a database to the state that the files of a project describe, and back.
 *
 * One process at a time: others wait, and find everything done. Each migration runs in one transaction with the row that
 * remembers it, so it is applied completely and once, also when a process is killed in the middle. Where the database cannot
 * undo what a statement did to a table, it remembers how far a migration came: the next run goes on there, or says what is to do.
 *
 * @example
 * ```ts
 * const migrations = new Migrations({ database, folder: "src/migrations" });
 * const applied = await migrations.migrate(); // ["20260131093000_create_users.sql"]
 * ```
 */
export class Migrations {
  readonly #database: Database;
  readonly #folder: MigrationFolder;
  readonly #history: MigrationHistory;
  readonly #run: MigrationRun;
  readonly #waitMilliseconds: number;
  readonly #onProgress: (progress: MigrationProgress) => void;
  readonly #now: () => number;

  constructor(options: MigrationsOptions) {
    refuseUnknownKeys("Migrations", options, OPTIONS);
    const { database, folder, waitMilliseconds = WAIT_MILLISECONDS, onProgress = () => {}, now = Date.now } = options;
    this.#database = database;
    this.#folder = new MigrationFolder(folder, database.dialect);
    this.#history = new MigrationHistory(database);
    this.#run = new MigrationRun(database, this.#history, now);
    this.#waitMilliseconds = waitMilliseconds;
    this.#onProgress = onProgress;
    this.#now = now;
  }

  /** @returns Every migration that has a file or was applied, the oldest first. Nothing is changed or waited for. */
  async status(): Promise<readonly MigrationStatus[]> {
    return migrationStatus(await this.#folder.read(), await this.#history.read());
  }

  /**
   * Applies what is pending, the oldest first.
   *
   * @returns The names of the migrations that this call applied.
   * @throws {MigrationError} before anything runs when an applied one was changed, one is empty, or it is not known how far an
   * earlier run came; when one fails, naming file, statement and line: the ones before it stay applied.
   */
  async migrate(): Promise<readonly string[]> {
    return this.#alone(async () => {
      const files = await this.#folder.read();
      const { applied, begun } = await this.#history.read();
      refuseUnresolved("up", files, begun);
      for (const file of files) refuseUnfit(file, applied.get(file.name));
      const pending = files.filter(({ name }) => !applied.has(name));
      for (const file of pending) {
        await this.#run.run(file, "up", begun.get(file.name));
        this.#onProgress({ kind: "applied", name: file.name });
      }
      return pending.map(({ name }) => name);
    });
  }

  /**
   * Undoes what was applied, the newest first.
   *
   * @param steps How many migrations: 1 or more.
   * @returns The names of the migrations that this call undid.
   * @throws {MigrationError} before anything runs when one of them has no file or nothing under `-- DOWN`; when one fails, as `migrate()`.
   */
  async rollback(steps = 1): Promise<readonly string[]> {
    if (!Number.isInteger(steps) || steps < 1) {
      throw new MigrationError(`The number of migrations to roll back is 1 or more, not ${steps}.`);
    }
    return this.#alone(async () => {
      const files = await this.#folder.read();
      const { applied, begun } = await this.#history.read();
      refuseUnresolved("down", files, begun);
      const newest = [...applied.keys()].sort().reverse().slice(0, steps);
      for (const file of newest.map((name) => undoable(name, files))) {
        await this.#run.run(file, "down", begun.get(file.name));
        this.#onProgress({ kind: "undone", name: file.name });
      }
      return newest;
    });
  }

  /**
   * Tells how far a migration came whose run was cut off, after somebody has looked: the next run goes on there.
   *
   * @param statementsDone How many statements of the half that ran, from the first, are done; 0 when all of it was undone by hand.
   * @throws {MigrationError} when no run of it was cut off, or it has fewer statements.
   */
  async resolve(name: string, statementsDone: number): Promise<void> {
    await this.#alone(async () => {
      const file = (await this.#folder.read()).find((migration) => migration.name === name);
      const { begun } = await this.#history.read();
      const cutOff = begun.get(name);
      if (file === undefined || cutOff === undefined) {
        throw new MigrationError(`No run of ${name} was cut off.${didYouMean(name, [...begun.keys()])}`);
      }
      const statements = file[cutOff.half];
      if (!Number.isInteger(statementsDone) || statementsDone < 0 || statementsDone > statements.length) {
        const half = `under "-- ${cutOff.half.toUpperCase()}"`;
        throw new MigrationError(
          `${file.file}: there are ${statements.length} statements ${half}, so --done is 0 to that.`,
        );
      }
      const checksum = checksumOf(statements.slice(0, statementsDone));
      if (statementsDone === 0) await this.#history.forgetBegun(name);
      else await this.#history.advance(cutOff, { ...cutOff, statementsDone, checksum, isInDoubt: 0 });
    });
  }

  /**
   * Writes an empty migration, named by the time and the given words.
   *
   * @returns The path of the file.
   */
  async create(name: string): Promise<string> {
    return this.#folder.create(name, this.#now());
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    const onWaiting = () => this.#onProgress({ kind: "waiting" });
    return whileLocked(this.#database, this.#waitMilliseconds, onWaiting, async () => {
      await this.#history.createTables();
      return work();
    });
  }
}

function refuseUnfit({ file, up, checksum }: MigrationFile, row: AppliedMigration | undefined): void {
  if (row !== undefined && row.checksum !== checksum) {
    const remedy = "Restore the file and put the change into a new migration, or roll it back and migrate again.";
    throw new MigrationError(`${file}: its UP half was changed after it had been applied. ${remedy}`);
  }
  if (up.length === 0) {
    throw new MigrationError(`${file}: there is no statement under "-- UP".`);
  }
}

function undoable(name: string, files: readonly MigrationFile[]): MigrationFile {
  const file = files.find((migration) => migration.name === name);
  if (file === undefined) {
    throw new MigrationError(`${name}: the file is missing, so nobody knows how to undo it. Restore it.`);
  }
  if (file.down.length === 0) {
    throw new MigrationError(`${file.file}: there is no statement under "-- DOWN", so it cannot be undone.`);
  }
  return file;
}
