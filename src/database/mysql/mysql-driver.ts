import { ConnectionPool } from "../connection-pool.ts";
import type { DatabaseDriver, DriverTransaction, RowsWanted, StatementResult } from "../database-driver.ts";
import { DatabaseConflictError } from "../database-error.ts";
import type { DatabaseValue } from "../database-value.ts";
import type { ServerAddress } from "../server-address.ts";
import { type Dialect, MYSQL } from "../sql/dialect.ts";
import type { Statement } from "../sql/statement.ts";
import { lockMigrations } from "./lock-migrations.ts";
import { MysqlConnection } from "./mysql-connection.ts";
import { MysqlTransaction } from "./mysql-transaction.ts";
import { runStatement } from "./run-statement.ts";

const WAIT_MILLISECONDS = 5_000;
const IDLE_MILLISECONDS = 10_000;
const MAX_MILLISECONDS = 2 ** 31 - 1;
const MAX_ATTEMPTS = 3;

/**
 * MySQL or MariaDB through the optional package `mysql2`, over a bounded number of connections. A connection on which
 * anything went wrong that it may still remember is closed, and the next call opens another.
 */
export class MysqlDriver implements DatabaseDriver {
  readonly dialect: Dialect = MYSQL;
  readonly #address: ServerAddress;
  readonly #packageName: string | undefined;
  readonly #pool: ConnectionPool<MysqlConnection>;

  /** Connects at the first use. */
  constructor(address: ServerAddress, packageName?: string) {
    this.#address = address;
    this.#packageName = packageName;
    this.#pool = new ConnectionPool({
      open: () => MysqlConnection.open(address, packageName),
      maxConnections: address.maxConnections,
      idleMilliseconds: IDLE_MILLISECONDS,
    });
  }

  /** A statement that the server undid for the sake of another one runs again. */
  async run(
    statement: Statement,
    values: readonly DatabaseValue[],
    wanted: RowsWanted,
    maxMilliseconds?: number,
  ): Promise<StatementResult> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#runOnce(statement, values, wanted, maxMilliseconds);
      } catch (error) {
        if (!(error instanceof DatabaseConflictError) || attempt === MAX_ATTEMPTS) {
          throw error;
        }
      }
    }
  }

  async begin(waitMilliseconds: number, maxMilliseconds: number = MAX_MILLISECONDS): Promise<DriverTransaction> {
    const connection = await this.#pool.take(waitMilliseconds);
    const giveBack = () => this.#pool.giveBack(connection);
    try {
      await connection.waitForLocks(waitMilliseconds);
      await connection.control("START TRANSACTION");
    } catch (error) {
      await connection.close();
      giveBack();
      throw error;
    }
    return new MysqlTransaction({ connection, maxMilliseconds, giveBack });
  }

  async lockMigrations(waitMilliseconds: number): Promise<() => Promise<void>> {
    const connection = await MysqlConnection.open(this.#address, this.#packageName);
    return lockMigrations(connection, this.#address.database, waitMilliseconds);
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }

  async #runOnce(
    statement: Statement,
    values: readonly DatabaseValue[],
    wanted: RowsWanted,
    maxMilliseconds: number | undefined,
  ): Promise<StatementResult> {
    const connection = await this.#pool.take(WAIT_MILLISECONDS);
    try {
      await connection.waitForLocks(maxMilliseconds ?? WAIT_MILLISECONDS);
      return await runStatement(statement, values, wanted, connection, maxMilliseconds);
    } finally {
      this.#pool.giveBack(connection);
    }
  }
}
