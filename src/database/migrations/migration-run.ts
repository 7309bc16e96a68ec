import type { Database } from "../database.ts";
import { DatabaseConflictError, DatabaseError } from "../database-error.ts";
import { readStatement } from "../sql/statement.ts";
import { MigrationError, reasonOf } from "./migration-error.ts";
import { checksumOf, type Half, type MigrationFile, type MigrationStatement } from "./migration-file.ts";
import type { BegunMigration, MigrationHistory } from "./migration-history.ts";
import { doubtLesson } from "./refuse-unresolved.ts";

/** The application may be writing; and a table may be large. */
const LIMITS = { waitMilliseconds: 60_000, maxMilliseconds: 24 * 3_600_000 } as const;

/** What PostgreSQL says of a statement that cannot be part of a transaction. */
const NEEDS_NO_TRANSACTION = "25001";

/** A failed one leaves an index behind that is not used, and cannot be made again. */
const LEAVES_TRACES = /\bCONCURRENTLY\b/i;

/** Runs one half of a migration and remembers how far it came. */
export class MigrationRun {
  readonly #database: Database;
  readonly #history: MigrationHistory;
  readonly #now: () => number;

  constructor(database: Database, history: MigrationHistory, now: () => number) {
    this.#database = database;
    this.#history = history;
    this.#now = now;
  }

  /**
   * @param begun What an earlier run of this half has done already.
   * @throws {MigrationError} naming file, statement and line: before anything runs where a statement cannot be part of a migration.
   */
  async run(file: MigrationFile, half: Half, begun: BegunMigration | undefined): Promise<void> {
    for (const index of file[half].keys()) this.#refuseUnfit(file, half, index);
    try {
      if (begun === undefined && file.isTransactional) await this.#runAsWhole(file, half);
      else await this.#runStepwise(file, half, begun);
    } catch (error) {
      if (error instanceof MigrationError) throw error;
      throw new MigrationError(`${file.file}: ${reasonOf(error)}`, { cause: error });
    }
  }

  #refuseUnfit(file: MigrationFile, half: Half, index: number): void {
    try {
      const { placeholderCount } = readStatement(statementAt(file, half, index).sql, this.#database.dialect);
      if (placeholderCount > 0) throw new DatabaseError("statement", "A migration has no value for a ?.");
    } catch (error) {
      throw failure(file, half, index, error);
    }
  }

  async #runAsWhole(file: MigrationFile, half: Half): Promise<void> {
    await this.#database.transaction(async (work) => {
      for (const [index, { sql }] of file[half].entries()) {
        await work.execute(sql).catch((error: unknown) => {
          if (error instanceof DatabaseConflictError) throw error; // all of it runs again
          throw failure(file, half, index, error, needsNoTransaction(error) ? NO_TRANSACTION_LESSON : "");
        });
      }
      await this.#history.conclude(file, half, this.#now(), work);
    }, LIMITS);
  }

  async #runStepwise(file: MigrationFile, half: Half, begun: BegunMigration | undefined): Promise<void> {
    if (begun === undefined) await this.#history.begin(progress(file, half, 0));
    for (let index = begun?.statementsDone ?? 0; index < file[half].length; index++) {
      await this.#runStep(file, half, index);
    }
    await this.#database.transaction(async (work) => {
      await this.#history.conclude(file, half, this.#now(), work);
      await this.#history.forgetBegun(file.name, work);
    }, LIMITS);
  }

  /** What changes rows only is remembered in its own transaction; of anything else nobody knows, while it runs, whether it is done. */
  async #runStep(file: MigrationFile, half: Half, index: number): Promise<void> {
    const { sql } = statementAt(file, half, index);
    const before = progress(file, half, index);
    const after = progress(file, half, index + 1);
    if (readStatement(sql, this.#database.dialect).kind !== "other") {
      const work = this.#database.transaction(async (transaction) => {
        await this.#history.advance(before, after, transaction);
        await transaction.execute(sql);
      }, LIMITS);
      await work.catch((error: unknown) => this.#failStep(file, half, index, error));
      return;
    }
    const inDoubt: BegunMigration = { ...before, isInDoubt: 1 };
    await this.#history.advance(before, inDoubt);
    await this.#database.executeForLong(sql, LIMITS.maxMilliseconds).catch(async (error: unknown) => {
      if (!isAnswer(error) || LEAVES_TRACES.test(sql)) {
        throw failure(file, half, index, error, `. ${doubtLesson(file, half, index)}`);
      }
      await this.#history.advance(inDoubt, before);
      await this.#failStep(file, half, index, error);
    });
    await this.#history.advance(inDoubt, after);
  }

  /** Of a statement that took no effect, or is counted in one transaction with what it did. */
  async #failStep(file: MigrationFile, half: Half, index: number, error: unknown): Promise<never> {
    if (error instanceof MigrationError) throw error;
    if (index === 0 && isAnswer(error)) await this.#history.forgetBegun(file.name);
    throw failure(file, half, index, error, index === 0 ? "" : `. ${keptLesson(index)}`);
  }
}

const NO_TRANSACTION_LESSON = '. Put it into a migration of its own, with "-- NO TRANSACTION" on a line above "-- UP"';

function keptLesson(count: number): string {
  const kept = count === 1 ? "Statement 1 is done and stays" : `Statements 1 to ${count} are done and stay`;
  return `${kept}: no transaction could undo them. Mend what failed and run it again: it goes on there.`;
}

function needsNoTransaction(error: unknown): boolean {
  return Object(Object(error).cause).code === NEEDS_NO_TRANSACTION;
}

/** Whether the database itself said no, so that a single statement took no effect. */
function isAnswer(error: unknown): boolean {
  const { code } = Object(error) as { code?: unknown };
  return error instanceof DatabaseError ? code !== "lost" && code !== "closed" : code === "busy";
}

function progress(file: MigrationFile, half: Half, statementsDone: number): BegunMigration {
  const checksum = checksumOf(file[half].slice(0, statementsDone));
  return { name: file.name, half, statementsDone, checksum, isInDoubt: 0 };
}

function failure(file: MigrationFile, half: Half, index: number, error: unknown, lesson = ""): MigrationError {
  const { line } = statementAt(file, half, index);
  const place = `statement ${index + 1} under "-- ${half.toUpperCase()}", line ${line}`;
  return new MigrationError(`${file.file}: ${place}: ${reasonOf(error)}${lesson}`, { cause: error });
}

function statementAt(file: MigrationFile, half: Half, index: number): MigrationStatement {
  const statement = file[half][index];
  if (statement === undefined) throw new RangeError(`${file.file} has no statement ${index + 1}.`);
  return statement;
}
