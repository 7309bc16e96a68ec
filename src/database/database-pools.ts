import { Tina4Error } from "../errors.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import { DatabaseError } from "./database-error.ts";
import { DatabasePool } from "./database-pool.ts";
import { SqliteDriver } from "./sqlite/sqlite-driver.ts";
import type { SqliteEngine } from "./sqlite/sqlite-engine.ts";
import { sqliteFile } from "./sqlite/sqlite-file.ts";

export interface DatabasePoolsOptions {
  /** The folder of the project: a relative path in a URL counts from there. */
  readonly root: string;
  /** The SQLite library; chosen by what the runtime offers unless a test wants another. */
  readonly sqliteEngine?: SqliteEngine | undefined;
}

const OPTIONS: readonly (keyof DatabasePoolsOptions)[] = ["root", "sqliteEngine"];

/**
 * The open databases of one application, one for each URL. Two applications in one process have one registry each and share nothing.
 *
 * @example
 * ```ts
 * const pools = new DatabasePools({ root: "/srv/shop" });
 * const database = new Database({ url: "sqlite:data/app.db", pools });
 * await pools.close();
 * ```
 */
export class DatabasePools {
  readonly #root: string;
  readonly #sqliteEngine: SqliteEngine | undefined;
  readonly #pools = new Map<string, DatabasePool>();
  #isClosed = false;

  constructor(options: DatabasePoolsOptions) {
    refuseUnknownKeys("DatabasePools", options, OPTIONS);
    this.#root = options.root;
    this.#sqliteEngine = options.sqliteEngine;
  }

  /**
   * @returns The pool of this URL, made now when there is none; it connects at its first use.
   * @throws {Tina4Error} `OPTION_INVALID` when the URL names no database that can be used.
   * @throws {DatabaseError} `closed` after `close()`.
   * @internal
   */
  pool(url: string): DatabasePool {
    if (this.#isClosed) {
      throw new DatabaseError("closed");
    }
    const path = this.#pathOf(url);
    const pool = this.#pools.get(path) ?? new DatabasePool(new SqliteDriver(path, this.#sqliteEngine));
    this.#pools.set(path, pool);
    return pool;
  }

  /**
   * Closes the database of one URL; its next use opens it anew.
   *
   * @internal
   */
  async closePool(url: string): Promise<void> {
    const path = this.#pathOf(url);
    const pool = this.#pools.get(path);
    pool?.refuseInsideTransaction();
    this.#pools.delete(path);
    await pool?.driver.close();
  }

  /**
   * Asks every database that is in use for a sign of life.
   *
   * @throws {DatabaseError} when one does not answer.
   * @internal
   */
  async ping(): Promise<void> {
    await Promise.all(
      [...this.#pools.values()].map(({ driver, statements }) =>
        driver.run(...statements.read("SELECT 1", []), "first"),
      ),
    );
  }

  /** Lets running transactions end and closes every database, for good. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#pools.values()].map(({ driver }) => driver.close()));
    this.#pools.clear();
  }

  /** What follows the scheme is never shown: it may be a password. */
  #pathOf(url: string): string {
    if (typeof url !== "string" || !url.startsWith("sqlite:")) {
      throw new Tina4Error("OPTION_INVALID", "There is a driver for sqlite: only, so a database URL begins with that.");
    }
    return sqliteFile(url, this.#root);
  }
}
