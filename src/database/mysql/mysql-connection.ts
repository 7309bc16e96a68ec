import { inTime } from "../../in-time.ts";
import type { PooledConnection } from "../connection-pool.ts";
import { DatabaseBusyError, DatabaseUnreachableError } from "../database-error.ts";
import type { DatabaseValue } from "../database-value.ts";
import { placeOf, type ServerAddress } from "../server-address.ts";
import { clientOptions } from "./client-options.ts";
import { loadMysql2, type MysqlCallback, type MysqlClient } from "./load-mysql2.ts";
import { answerOf, type MysqlAnswer } from "./mysql-answer.ts";
import { isConnectionLost, mysqlError } from "./mysql-error.ts";
import { mysqlValue } from "./mysql-value.ts";

type Send = (done: MysqlCallback) => void;

const CONNECT_TIMEOUT_MS = 5_000;
const CLOSE_TIMEOUT_MS = 1_000;
/** How long a statement that was stopped may take to say so: then the server is out of reach. */
const GRACE_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 30_000;

const IN_TRANSACTION = 1;

/**
 * What the server, the database or the account may have set otherwise. The dialect reads SQL as this session does, and
 * nothing is cut off, rounded or replaced without an error.
 */
const SQL_MODE = `ANSI_QUOTES NO_BACKSLASH_ESCAPES PIPES_AS_CONCAT ONLY_FULL_GROUP_BY NO_AUTO_VALUE_ON_ZERO
  STRICT_TRANS_TABLES STRICT_ALL_TABLES NO_ZERO_IN_DATE NO_ZERO_DATE ERROR_FOR_DIVISION_BY_ZERO NO_ENGINE_SUBSTITUTION`;
const SET_UP = [
  `SET NAMES utf8mb4 COLLATE utf8mb4_bin, sql_mode = '${SQL_MODE.replace(/\s+/g, ",")}', time_zone = '+00:00',
    autocommit = 1, foreign_key_checks = 1, unique_checks = 1, sql_auto_is_null = 0, default_storage_engine = InnoDB`,
  // Nobody's change is lost to one that did not see it: one of the two fails, and runs again.
  "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ WRITE",
];

/** One connection to a server. What breaks on it, it remembers: then it is not clean and nobody should get it again. */
export class MysqlConnection implements PooledConnection {
  readonly #client: MysqlClient;
  readonly #address: ServerAddress;
  #isBroken = false;
  #isInTransaction = false;
  #runningCount = 0;
  #lockWaitSeconds = 0;

  private constructor(client: MysqlClient, address: ServerAddress) {
    this.#client = client;
    this.#address = address;
    // Without a listener, the error of a connection that nobody uses would end the process.
    client.on("error", () => this.retire());
    client.on("end", () => this.retire());
  }

  /**
   * @throws {DatabaseUnreachableError} when the server does not answer within five seconds, or does not let us in.
   * @throws {DatabaseBusyError} when it has no room for one more connection.
   */
  static async open(address: ServerAddress, packageName?: string): Promise<MysqlConnection> {
    const mysql2 = await loadMysql2(packageName);
    let connection: MysqlConnection | undefined;
    try {
      const client = mysql2.createConnection(await clientOptions(address, mysql2, CONNECT_TIMEOUT_MS));
      connection = new MysqlConnection(client, address);
      await inTime("MySQL", connection.#connect(), CONNECT_TIMEOUT_MS);
      return connection;
    } catch (cause) {
      if (connection !== undefined) connection.#destroy();
      const error = mysqlError(cause);
      throw error instanceof DatabaseBusyError
        ? error
        : new DatabaseUnreachableError(`MySQL at ${placeOf(address)}`, cause);
    }
  }

  get isClean(): boolean {
    return !this.#isBroken && this.isSettled;
  }

  /** Whether nothing runs on it, and no transaction is open. */
  get isSettled(): boolean {
    return !this.#isInTransaction && this.#runningCount === 0;
  }

  /** As the server told with its last answer that was no rows. */
  get isInTransaction(): boolean {
    return this.#isInTransaction;
  }

  /** Runs exactly one statement, after those that this connection runs already, with its values beside it. */
  async query(
    sql: string,
    values: readonly DatabaseValue[],
    limitMilliseconds: number = STATEMENT_TIMEOUT_MS,
  ): Promise<MysqlAnswer> {
    const query = { sql, values: values.map(mysqlValue), rowsAsArray: true } as const;
    return this.#run((done) => this.#client.execute(query, done), limitMilliseconds);
  }

  /** Runs exactly one statement without values: some cannot be prepared. */
  async control(sql: string, limitMilliseconds: number = STATEMENT_TIMEOUT_MS): Promise<MysqlAnswer> {
    return this.#run((done) => this.#client.query({ sql, rowsAsArray: true }, done), limitMilliseconds);
  }

  /** From now on statements wait for so long, in whole seconds, for rows and tables that others have locked. */
  async waitForLocks(milliseconds: number): Promise<void> {
    const seconds = Math.max(1, Math.ceil(milliseconds / 1_000));
    if (seconds !== this.#lockWaitSeconds) {
      await this.control(`SET innodb_lock_wait_timeout = ${seconds}, lock_wait_timeout = ${seconds}`);
      this.#lockWaitSeconds = seconds;
    }
  }

  /** Nobody gets it again. */
  retire(): void {
    this.#isBroken = true;
  }

  /** Closes it, at once when it is in the midst of something: the server undoes what was not committed. */
  async close(): Promise<void> {
    this.retire();
    if (this.#runningCount > 0) {
      await this.#stop().catch(() => {});
    } else {
      const ended = new Promise<void>((resolve) => this.#client.end(resolve));
      await inTime("MySQL", ended, CLOSE_TIMEOUT_MS).catch(() => {});
    }
    this.#destroy();
  }

  async #connect(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#client.connect((error) => (error ? reject(error) : resolve()));
    });
    for (const sql of SET_UP) {
      await this.#ask((done) => this.#client.query({ sql, rowsAsArray: true }, done));
    }
  }

  async #run(send: Send, limit: number): Promise<MysqlAnswer> {
    this.#runningCount++;
    try {
      return await this.#stopLate(this.#ask(send), limit);
    } catch (error) {
      this.#isBroken ||= isConnectionLost(error);
      throw mysqlError(error);
    } finally {
      this.#runningCount--;
    }
  }

  /** The server itself says whether a statement was stopped or had ended before. */
  async #stopLate<T>(answer: Promise<T>, limitMilliseconds: number): Promise<T> {
    let isAnswered = false;
    const onAnswer = () => {
      isAnswered = true;
    };
    void answer.then(onAnswer, onAnswer);
    try {
      return await inTime("MySQL", answer, limitMilliseconds);
    } catch (error) {
      if (isAnswered) throw error;
    }
    await this.#stop().catch(() => {});
    try {
      return await inTime("MySQL", answer, GRACE_MS);
    } finally {
      if (!isAnswered) this.#destroy();
    }
  }

  async #ask(send: Send): Promise<MysqlAnswer> {
    const [rows, fields] = await new Promise<readonly unknown[]>((resolve, reject) => {
      send((error, ...answer) => (error ? reject(error) : resolve(answer)));
    });
    const answer = answerOf(rows, fields);
    if (answer.header !== undefined) {
      this.#isInTransaction = (answer.header.serverStatus & IN_TRANSACTION) !== 0;
    }
    return answer;
  }

  /** Another connection tells the server to stop what this one runs. */
  async #stop(): Promise<void> {
    const { threadId } = this.#client;
    const other = await MysqlConnection.open(this.#address);
    const sql = `KILL QUERY ${threadId}`;
    const answer = other.#ask((done) => other.#client.query({ sql, rowsAsArray: true }, done));
    await inTime("MySQL", answer, GRACE_MS).finally(() => other.#destroy());
  }

  #destroy(): void {
    this.retire();
    this.#client.stream.destroy();
  }
}
