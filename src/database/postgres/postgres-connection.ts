import { inTime } from "../../in-time.ts";
import type { PooledConnection } from "../connection-pool.ts";
import { DatabaseError, DatabaseUnreachableError } from "../database-error.ts";
import type { DatabaseValue } from "../database-value.ts";
import { placeOf, type ServerAddress } from "../server-address.ts";
import { clientOptions } from "./client-options.ts";
import { loadPg, type PgClient, type PgQuery, type PgResult } from "./load-pg.ts";
import { isConnectionLost, postgresError } from "./postgres-error.ts";
import { postgresValue } from "./postgres-value.ts";

export interface PostgresRows {
  readonly command: string;
  readonly rowCount: number;
  /** By position: two columns of one name are still two. */
  readonly rows: readonly (readonly DatabaseValue[])[];
  readonly columns: readonly string[];
}

/** Runs exactly one statement. */
export type Ask = (text: string, values: readonly DatabaseValue[]) => Promise<PostgresRows>;

const CONNECT_TIMEOUT_MS = 5_000;
const CLOSE_TIMEOUT_MS = 1_000;
/** How much later than the server itself we give up waiting for an answer: then it is out of reach. */
const GRACE_MS = 5_000;

/** How long a statement outside a transaction may run, and how long it waits for the locks of others. */
const STATEMENT_TIMEOUT_MS = 30_000;
const LOCK_TIMEOUT_MS = 5_000;

/** What the role or the database may have set otherwise. The first two decide how the server reads SQL, so a change of them is noticed. */
const SET_UP = `SET standard_conforming_strings = on; SET client_encoding = 'UTF8'; SET TimeZone = 'UTC';
  SET DateStyle = 'ISO, MDY'; SET IntervalStyle = 'iso_8601'; SET bytea_output = 'hex'; SET extra_float_digits = 1;
  SET lock_timeout = ${LOCK_TIMEOUT_MS}; SET statement_timeout = ${STATEMENT_TIMEOUT_MS}`;

/** Without it a server works on, locks in hand, for a client that has left. Before version 14, and off Linux, there is no such thing. */
const NOTICE_DEPARTURE = "SET client_connection_check_interval = 500";

const READING: readonly string[] = ["standard_conforming_strings", "client_encoding"];

/** One connection to a server. What breaks on it, it remembers: then it is not clean and nobody should get it again. */
export class PostgresConnection implements PooledConnection {
  readonly #client: PgClient;
  /** What the server reports of this session, as it is now and as it was when it had been set up. */
  readonly #reported = new Map<string, string>();
  #agreed: ReadonlyMap<string, string> | undefined;
  #running: Promise<unknown> = Promise.resolve();
  #runningCount = 0;
  #isBroken = false;
  #isRetired = false;

  private constructor(client: PgClient) {
    this.#client = client;
    const onBroken = () => {
      this.#isBroken = true;
    };
    // Without a listener, the error of a connection that nobody uses would end the process.
    client.on("error", onBroken);
    client.on("end", onBroken);
    client.connection?.on("parameterStatus", ({ parameterName, parameterValue }) => {
      this.#reported.set(parameterName, parameterValue);
    });
  }

  /**
   * @throws {DatabaseUnreachableError} when the server does not answer within five seconds, or does not let us in.
   */
  static async open(address: ServerAddress, packageName?: string): Promise<PostgresConnection> {
    const Client = await loadPg(packageName);
    let connection: PostgresConnection | undefined;
    try {
      connection = new PostgresConnection(new Client(await clientOptions(address, CONNECT_TIMEOUT_MS)));
      await inTime("PostgreSQL", connection.#connect(), CONNECT_TIMEOUT_MS);
      return connection;
    } catch (cause) {
      void connection?.close();
      throw new DatabaseUnreachableError(`PostgreSQL at ${placeOf(address)}`, cause);
    }
  }

  get isClean(): boolean {
    return (
      !this.#isBroken && !this.#isRetired && this.#runningCount === 0 && !this.#isChanged([...this.#reported.keys()])
    );
  }

  /**
   * Does work that consists of several statements when those before it have been answered, and lets nothing come in between: not
   * even the end of the transaction to which it belongs, or its last statement would take effect outside.
   */
  inTurn<T>(work: (ask: Ask) => Promise<T>, limitMilliseconds: number = STATEMENT_TIMEOUT_MS): Promise<T> {
    const ask: Ask = async (text, values) => {
      const query = { text, values: values.map(postgresValue), queryMode: "extended", rowMode: "array" } as const;
      return rowsOf(await this.#answer(query, limitMilliseconds));
    };
    return this.#enqueue(() => work(ask));
  }

  /** Runs exactly one statement, in its turn. */
  async query(text: string, values: readonly DatabaseValue[] = [], limitMilliseconds?: number): Promise<PostgresRows> {
    return this.inTurn((ask) => ask(text, values), limitMilliseconds);
  }

  /** Runs statements of our own that have no values, in one go and in their turn. */
  async control(text: string): Promise<PgResult> {
    return this.#enqueue(() => this.#answer({ text }, STATEMENT_TIMEOUT_MS));
  }

  /** Lets nobody get it again: what a statement has left in the session, such as a temporary table, would meet strangers. */
  retire(): void {
    this.#isRetired = true;
  }

  /** Closes it, at once when it is in the midst of something: the server undoes what was not committed. */
  async close(): Promise<void> {
    this.#isBroken = true;
    await inTime("PostgreSQL", this.#client.end(), CLOSE_TIMEOUT_MS).catch(() => {});
  }

  async #connect(): Promise<void> {
    await this.#client.connect();
    await this.control(SET_UP);
    await this.control(NOTICE_DEPARTURE).catch(() => {});
    this.#agreed = new Map(this.#reported);
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#running.then(work);
    this.#running = turn.catch(() => {});
    this.#runningCount++;
    return turn.finally(() => {
      this.#runningCount--;
    });
  }

  async #answer(query: PgQuery, limitMilliseconds: number): Promise<PgResult> {
    if (this.#isChanged(READING)) {
      const lesson = "A statement changed how the server reads SQL: the transaction is undone.";
      throw new DatabaseError("transaction", lesson);
    }
    try {
      return await inTime("PostgreSQL", this.#client.query(query), limitMilliseconds + GRACE_MS);
    } catch (error) {
      this.#isBroken ||= isConnectionLost(error);
      throw postgresError(error);
    }
  }

  #isChanged(names: readonly string[]): boolean {
    return this.#agreed !== undefined && names.some((name) => this.#agreed?.get(name) !== this.#reported.get(name));
  }
}

function rowsOf({ command, rowCount, rows, fields }: PgResult): PostgresRows {
  return {
    command,
    rowCount: rowCount ?? 0,
    rows: rows as readonly (readonly DatabaseValue[])[],
    columns: fields.map(({ name }) => name),
  };
}
