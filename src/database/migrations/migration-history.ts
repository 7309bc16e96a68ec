import type { Database } from "../database.ts";
import type { Transaction } from "../transaction.ts";
import { MigrationError } from "./migration-error.ts";
import type { Half, MigrationFile } from "./migration-file.ts";

/** What the database remembers of a migration that was applied. */
export interface AppliedMigration {
  readonly name: string;
  readonly checksum: string;
  /** ISO 8601, UTC. */
  readonly appliedAt: string;
}

/** What it remembers of a half that runs statement by statement and has not come to its end. */
export interface BegunMigration {
  readonly name: string;
  readonly half: Half;
  readonly statementsDone: number;
  /** Of the statements that are done. */
  readonly checksum: string;
  /** 1 when nobody knows whether the next statement took effect. */
  readonly isInDoubt: 0 | 1;
}

export interface RememberedMigrations {
  readonly applied: ReadonlyMap<string, AppliedMigration>;
  readonly begun: ReadonlyMap<string, BegunMigration>;
}

const APPLIED = "tina4_migrations";
const BEGUN = "tina4_migrations_begun";

const TABLES = [
  `CREATE TABLE IF NOT EXISTS ${APPLIED} (
    name VARCHAR(255) PRIMARY KEY, checksum VARCHAR(64) NOT NULL, applied_at VARCHAR(32) NOT NULL
  )`,
  `CREATE TABLE IF NOT EXISTS ${BEGUN} (
    name VARCHAR(255) PRIMARY KEY, half VARCHAR(4) NOT NULL, statements_done INTEGER NOT NULL,
    checksum VARCHAR(64) NOT NULL, is_in_doubt INTEGER NOT NULL
  )`,
];

const ALL_APPLIED = `SELECT name, checksum, applied_at AS "appliedAt" FROM ${APPLIED} ORDER BY name`;
const ALL_BEGUN = `SELECT name, half, statements_done AS "statementsDone", checksum, is_in_doubt AS "isInDoubt" FROM ${BEGUN}`;

/** The two tables in which a database remembers its migrations. */
export class MigrationHistory {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** For the one who holds the lock: two at once would disturb each other. */
  async createTables(): Promise<void> {
    for (const sql of TABLES) {
      await this.#database.execute(sql);
    }
  }

  /** Changes nothing and waits for nobody, so that it can be asked while migrations run. */
  async read(): Promise<RememberedMigrations> {
    const tables = new Set((await this.#database.fetch(this.#database.dialect.tableNames)).map(({ name }) => name));
    const applied = tables.has(APPLIED) ? await this.#database.fetch<AppliedMigration>(ALL_APPLIED) : [];
    const begun = tables.has(BEGUN) ? await this.#database.fetch<BegunMigration>(ALL_BEGUN) : [];
    return {
      applied: new Map(applied.map((row) => [row.name, row])),
      begun: new Map(begun.map((row) => [row.name, row])),
    };
  }

  /** Remembers that a half has run to its end, in the transaction of its last work. */
  async conclude({ name, checksum }: MigrationFile, half: Half, now: number, work: Transaction): Promise<void> {
    if (half === "up") {
      await work.insert(APPLIED, { name, checksum, applied_at: new Date(now).toISOString() });
    } else {
      await work.delete(APPLIED, { name });
    }
  }

  /** @throws {DatabaseError} `unique` when it has begun already, wherever that was. */
  async begin({ name, half, statementsDone, checksum, isInDoubt }: BegunMigration): Promise<void> {
    await this.#database.insert(BEGUN, {
      name,
      half,
      statements_done: statementsDone,
      checksum,
      is_in_doubt: isInDoubt,
    });
  }

  /**
   * Remembers how far a half has come.
   *
   * @param before What was remembered until now: two that lost their lock and go on at the same time cannot both have it.
   * @throws {MigrationError} when something else is remembered.
   */
  async advance(before: BegunMigration, after: BegunMigration, work?: Transaction): Promise<void> {
    const { name, half, statementsDone, isInDoubt } = before;
    const { affectedRows } = await (work ?? this.#database).update(
      BEGUN,
      { statements_done: after.statementsDone, checksum: after.checksum, is_in_doubt: after.isInDoubt },
      { name, half, statements_done: statementsDone, is_in_doubt: isInDoubt },
    );
    if (affectedRows !== 1) throw new MigrationError(`${name}: another process goes on with it.`);
  }

  async forgetBegun(name: string, work?: Transaction): Promise<void> {
    await (work ?? this.#database).delete(BEGUN, { name });
  }
}
