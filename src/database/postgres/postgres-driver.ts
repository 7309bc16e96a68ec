import { ConnectionPool } from "../connection-pool.ts";
import type { DatabaseDriver, DriverTransaction, RowsWanted, StatementResult } from "../database-driver.ts";
import type { DatabaseValue } from "../database-value.ts";
import type { ServerAddress } from "../server-address.ts";
import { type Dialect, POSTGRES } from "../sql/dialect.ts";
import type { Statement } from "../sql/statement.ts";
import { IdentityColumns } from "./identity-columns.ts";
import { lockMigrations } from "./lock-migrations.ts";
import { PostgresConnection } from "./postgres-connection.ts";
import { PostgresTransaction } from "./postgres-transaction.ts";
import { runStatement } from "./run-statement.ts";

const WAIT_MILLISECONDS = 5_000;
const IDLE_MILLISECONDS = 10_000;
const GRACE_MILLISECONDS = 5_000;
const MAX_MILLISECONDS = 2 ** 31 - 1;

/**
 * PostgreSQL through the optional package `pg`, over a bounded number of connections. A connection on which anything went
 * wrong that it may still remember is closed, and the next call opens another.
 */
export class PostgresDriver implements DatabaseDriver {
  readonly dialect: Dialect = POSTGRES;
  readonly #address: ServerAddress;
  readonly #packageName: string | undefined;
  readonly #pool: ConnectionPool<PostgresConnection>;
  readonly #identityColumns = new IdentityColumns();

  /** Connects at the first use. */
  constructor(address: ServerAddress, packageName?: string) {
    this.#address = address;
    this.#packageName = packageName;
    this.#pool = new ConnectionPool({
      open: () => PostgresConnection.open(address, packageName),
      maxConnections: address.maxConnections,
      idleMilliseconds: IDLE_MILLISECONDS,
    });
  }

  async run(
    statement: Statement,
    values: readonly DatabaseValue[],
    wanted: RowsWanted,
    maxMilliseconds?: number,
  ): Promise<StatementResult> {
    const connection = await this.#pool.take(WAIT_MILLISECONDS);
    const limits = `SET statement_timeout = ${maxMilliseconds}; SET lock_timeout = ${maxMilliseconds}`;
    try {
      if (maxMilliseconds !== undefined) await connection.control(limits);
      return await runStatement(statement, values, wanted, connection, this.#identityColumns, maxMilliseconds);
    } finally {
      if (maxMilliseconds !== undefined) await connection.close(); // with its limits
      this.#pool.giveBack(connection);
    }
  }

  async begin(waitMilliseconds: number, maxMilliseconds: number = MAX_MILLISECONDS): Promise<DriverTransaction> {
    const connection = await this.#pool.take(waitMilliseconds);
    try {
      await connection.control(beginning(waitMilliseconds, maxMilliseconds));
    } catch (error) {
      await connection.close();
      this.#pool.giveBack(connection);
      throw error;
    }
    return new PostgresTransaction({
      connection,
      identityColumns: this.#identityColumns,
      maxMilliseconds,
      giveBack: () => this.#pool.giveBack(connection),
    });
  }

  async lockMigrations(waitMilliseconds: number): Promise<() => Promise<void>> {
    return lockMigrations(await PostgresConnection.open(this.#address, this.#packageName), waitMilliseconds);
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }
}

/**
 * With this isolation nobody's change is lost to one that did not see it: the later of the two fails, and runs again.
 *
 * The server ends by itself what this process could not end any more, and frees its locks. A limit of 0 would mean none.
 */
function beginning(waitMilliseconds: number, maxMilliseconds: number): string {
  const wait = Math.max(waitMilliseconds, 1);
  const end = Math.min(maxMilliseconds + GRACE_MILLISECONDS, MAX_MILLISECONDS);
  return `BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL lock_timeout = ${wait}; SET LOCAL statement_timeout = ${end};
    SET LOCAL idle_in_transaction_session_timeout = ${end}`;
}
