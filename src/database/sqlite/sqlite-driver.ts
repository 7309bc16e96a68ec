import type { DatabaseDriver, DriverTransaction, RowsWanted, StatementResult } from "../database-driver.ts";
import { DatabaseError } from "../database-error.ts";
import type { DatabaseValue } from "../database-value.ts";
import { type Dialect, SQLITE } from "../sql/dialect.ts";
import type { Statement } from "../sql/statement.ts";
import { loadSqliteEngine } from "./load-sqlite-engine.ts";
import { lockFile } from "./lock-file.ts";
import { openSqlite, type SqliteSessions } from "./open-sqlite.ts";
import { retryWhileBusy, WAIT_MILLISECONDS } from "./retry-while-busy.ts";
import type { SqliteEngine } from "./sqlite-engine.ts";
import { MEMORY } from "./sqlite-file.ts";
import { SqliteTransaction } from "./sqlite-transaction.ts";
import { WriterQueue } from "./writer-queue.ts";

/**
 * SQLite with one writer at a time and readers that never wait for it: the write-ahead log shows them the last
 * committed state. Everything that is not plainly a read goes to the writer.
 *
 * Both libraries are synchronous: while one statement runs, the process does nothing else.
 */
export class SqliteDriver implements DatabaseDriver {
  readonly dialect: Dialect = SQLITE;
  readonly #path: string;
  readonly #loadEngine: () => Promise<SqliteEngine>;
  readonly #writers = new WriterQueue();
  readonly #migrators = new WriterQueue();
  #sessions: Promise<SqliteSessions> | undefined;
  #isClosed = false;

  /**
   * @param path An absolute path or `:memory:`; opened at the first use.
   * @param engine The library to use in place of the one that the runtime offers.
   */
  constructor(path: string, engine?: SqliteEngine) {
    this.#path = path;
    this.#loadEngine = engine === undefined ? loadSqliteEngine : async () => engine;
  }

  async run(statement: Statement, values: readonly DatabaseValue[], wanted: RowsWanted): Promise<StatementResult> {
    const { reader, writer } = await this.#opened();
    if (statement.kind === "read" && reader !== writer) {
      return retryWhileBusy(() => reader.run(statement, values, wanted), WAIT_MILLISECONDS);
    }
    const transaction = await this.begin(WAIT_MILLISECONDS);
    let result: StatementResult;
    try {
      result = await transaction.run(statement, values, wanted);
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
    await transaction.commit();
    return result;
  }

  async begin(waitMilliseconds: number): Promise<DriverTransaction> {
    const { writer } = await this.#opened();
    await this.#writers.enter(waitMilliseconds);
    try {
      await retryWhileBusy(() => writer.query("BEGIN IMMEDIATE"), waitMilliseconds);
    } catch (error) {
      this.#writers.leave();
      throw error;
    }
    return new SqliteTransaction(writer, () => this.#writers.leave());
  }

  async lockMigrations(waitMilliseconds: number): Promise<() => Promise<void>> {
    await this.#opened();
    await this.#migrators.enter(waitMilliseconds);
    try {
      const unlock = this.#path === MEMORY ? () => {} : await this.#lockFile(waitMilliseconds);
      return async () => {
        unlock();
        this.#migrators.leave();
      };
    } catch (error) {
      this.#migrators.leave();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#migrators.close();
    await this.#writers.close();
    const sessions = await this.#sessions?.catch(() => undefined);
    sessions?.reader.close();
    sessions?.writer.close();
  }

  async #lockFile(waitMilliseconds: number): Promise<() => void> {
    return lockFile(`${this.#path}-migrating`, await this.#loadEngine(), waitMilliseconds);
  }

  /** A failure is not remembered: the next call tries again. */
  async #opened(): Promise<SqliteSessions> {
    if (this.#isClosed) {
      throw new DatabaseError("closed");
    }
    this.#sessions ??= openSqlite(this.#path, this.#loadEngine).catch((error: unknown) => {
      this.#sessions = undefined;
      throw error;
    });
    return this.#sessions;
  }
}
