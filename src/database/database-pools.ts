import { Tina4Error } from "../errors.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import type { DatabaseDriver } from "./database-driver.ts";
import { DatabaseError } from "./database-error.ts";
import { DatabasePool } from "./database-pool.ts";
import { mysqlAddress } from "./mysql/mysql-address.ts";
import { MysqlDriver } from "./mysql/mysql-driver.ts";
import { postgresAddress } from "./postgres/postgres-address.ts";
import { PostgresDriver } from "./postgres/postgres-driver.ts";
import { SqliteDriver } from "./sqlite/sqlite-driver.ts";
import type { SqliteEngine } from "./sqlite/sqlite-engine.ts";
import { sqliteFile } from "./sqlite/sqlite-file.ts";

export interface DatabasePoolsOptions {
  /** The folder of the project: a relative path in a URL counts from there. */
  readonly root: string;
  /** The SQLite library; chosen by what the runtime offers unless a test wants another. */
  readonly sqliteEngine?: SqliteEngine | undefined;
}

/** Where a database is: `key` is the same for every way to write its URL. */
interface Place {
  readonly key: string;
  readonly driver: () => DatabaseDriver;
}

/** Which driver a URL asks for, by its scheme. */
const PLACES: ReadonlyMap<string, (url: string, options: DatabasePoolsOptions) => Place> = new Map([
  ["sqlite", sqlitePlace],
  ["postgres", postgresPlace],
  ["postgresql", postgresPlace],
  ["mysql", mysqlPlace],
  ["mariadb", mysqlPlace],
]);

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
  readonly #options: DatabasePoolsOptions;
  readonly #pools = new Map<string, DatabasePool>();
  #isClosed = false;

  constructor(options: DatabasePoolsOptions) {
    refuseUnknownKeys("DatabasePools", options, OPTIONS);
    this.#options = { ...options };
  }

  /**
   * Connects to nothing.
   *
   * @throws {Tina4Error} `OPTION_INVALID` when the URL names no database that can be used.
   * @internal
   */
  check(url: string): void {
    this.#placeOf(url);
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
    const { key, driver } = this.#placeOf(url);
    const pool = this.#pools.get(key) ?? new DatabasePool(driver());
    this.#pools.set(key, pool);
    return pool;
  }

  /**
   * Closes the database of one URL; its next use opens it anew.
   *
   * @internal
   */
  async closePool(url: string): Promise<void> {
    const { key } = this.#placeOf(url);
    const pool = this.#pools.get(key);
    pool?.refuseInsideTransaction();
    this.#pools.delete(key);
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
  #placeOf(url: string): Place {
    const place = typeof url === "string" ? PLACES.get(url.slice(0, url.indexOf(":"))) : undefined;
    if (place === undefined) {
      const schemes = [...PLACES.keys()].map((scheme) => `${scheme}:`).join(", ");
      throw new Tina4Error("OPTION_INVALID", `A database URL begins with one of ${schemes}.`);
    }
    return place(url, this.#options);
  }
}

function sqlitePlace(url: string, { root, sqliteEngine }: DatabasePoolsOptions): Place {
  const path = sqliteFile(url, root);
  return { key: path, driver: () => new SqliteDriver(path, sqliteEngine) };
}

function postgresPlace(url: string): Place {
  const address = postgresAddress(url);
  return { key: JSON.stringify(address), driver: () => new PostgresDriver(address) };
}

function mysqlPlace(url: string): Place {
  const address = mysqlAddress(url);
  return { key: JSON.stringify({ mysql: address }), driver: () => new MysqlDriver(address) };
}
