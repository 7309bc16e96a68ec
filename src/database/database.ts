import { Tina4Error } from "../errors.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import type { RowsWanted, StatementResult } from "./database-driver.ts";
import { DatabaseError } from "./database-error.ts";
import type { DatabasePools } from "./database-pools.ts";
import { DatabaseVerbs } from "./database-verbs.ts";
import type { Dialect } from "./sql/dialect.ts";
import type { Transaction } from "./transaction.ts";

export interface DatabaseOptions {
  /** `sqlite:` and a path, `sqlite::memory:`, `postgres://user:password@host:5432/database`, or `mysql://…` alike. */
  readonly url: string;
  /** The registry of the application, which owns the connections. */
  readonly pools: DatabasePools;
}

/** How long a transaction may take. */
export interface TransactionOptions {
  /** How long to wait for other writers before it is busy: 5 seconds. */
  readonly waitMilliseconds?: number | undefined;
  /** How long the callback may take before all is undone: 30 seconds. A statement that runs is not interrupted. */
  readonly maxMilliseconds?: number | undefined;
}

const TRANSACTION_DEFAULTS = Object.freeze({ waitMilliseconds: 5_000, maxMilliseconds: 30_000 });
const MAX_TIMER_MILLISECONDS = 2 ** 31 - 1;

/**
 * The database of an application. An object of this class costs nothing: all of one application and URL share their
 * connections, which open at the first use.
 *
 * A statement that SQLite runs stops the process until it is done, so a slow one belongs behind an index or into another process.
 *
 * @example
 * ```ts
 * const user = await database.fetchOne("SELECT id, name FROM users WHERE email = ?", ["alice@example.com"]);
 * await database.transaction(async (transaction) => {
 *   const { lastId } = await transaction.insert("orders", { user_id: user?.id });
 *   await transaction.insert("order_lines", { order_id: lastId, product_id: 7 });
 * });
 * ```
 * @see CWE-89
 */
export class Database extends DatabaseVerbs {
  readonly #url: string;
  readonly #pools: DatabasePools;

  /** @throws {Tina4Error} `OPTION_INVALID` when the URL names no database that can be used. */
  constructor(options: DatabaseOptions) {
    super();
    refuseUnknownKeys("Database", options, ["url", "pools"]);
    this.#url = options.url;
    this.#pools = options.pools;
    this.#pools.pool(this.#url);
  }

  /** @internal */
  get dialect(): Dialect {
    return this.#pools.pool(this.#url).driver.dialect;
  }

  /**
   * @throws {DatabaseBusyError} when another process holds the lock for longer; its cause says what is waited for.
   * @internal
   */
  async lockMigrations(waitMilliseconds: number): Promise<() => Promise<void>> {
    return this.#pools.pool(this.#url).driver.lockMigrations(waitMilliseconds);
  }

  /**
   * Runs a statement of a migration outside a transaction.
   *
   * @param maxMilliseconds How long it may take.
   * @internal
   */
  async executeForLong(sql: string, maxMilliseconds: number): Promise<void> {
    const pool = this.#pools.pool(this.#url);
    pool.refuseInsideTransaction();
    await pool.driver.run(...pool.statements.read(sql, []), "all", maxMilliseconds);
  }

  /**
   * Runs work that happens as a whole or not at all. Writers wait for each other, so it should not wait for strangers:
   * call other servers before or after it.
   *
   * @param work Gets the transaction; using the database itself inside it is refused. It runs again when the database undid it
   * because another transaction had changed the same rows first (never on SQLite), so it should do nothing else than use the database.
   * @returns What the work returns, after the commit.
   * @throws Whatever the work throws, after undoing it.
   * @throws {DatabaseBusyError} when others write for too long.
   */
  async transaction<T>(work: (transaction: Transaction) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    refuseUnknownKeys("transaction()", options, Object.keys(TRANSACTION_DEFAULTS));
    const wait = milliseconds("waitMilliseconds", options);
    const max = milliseconds("maxMilliseconds", options);
    const pool = this.#pools.pool(this.#url);
    pool.refuseInsideTransaction();
    return pool.runTransaction(work, wait, max);
  }

  /** Does nothing: what is not in a transaction has taken effect when its call returns. */
  async commit(): Promise<void> {}

  /** Lets running transactions end and closes the connections that all objects of this URL share; the next use opens them anew. */
  async close(): Promise<void> {
    await this.#pools.closePool(this.#url);
  }

  protected override async run(sql: string, values: readonly unknown[], wanted: RowsWanted): Promise<StatementResult> {
    const pool = this.#pools.pool(this.#url);
    pool.refuseInsideTransaction();
    const [statement, checked] = pool.statements.read(sql, values);
    if (statement.needsTransaction) {
      const lesson =
        "Others use this connection too: read lastId and affectedRows from execute(), or ask in transaction().";
      throw new DatabaseError("statement", lesson);
    }
    return pool.driver.run(statement, checked, wanted);
  }
}

function milliseconds(name: keyof TransactionOptions, options: TransactionOptions): number {
  const value = options[name] ?? TRANSACTION_DEFAULTS[name];
  if (!Number.isInteger(value) || value < 0 || value > MAX_TIMER_MILLISECONDS) {
    throw new Tina4Error(
      "OPTION_INVALID",
      `${name} is a whole number from 0 to ${MAX_TIMER_MILLISECONDS}, not ${value}.`,
    );
  }
  return value;
}
