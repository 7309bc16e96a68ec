import { inTime } from "../../in-time.ts";
import type { DriverTransaction, RowsWanted, StatementResult } from "../database-driver.ts";
import { DatabaseConflictError, DatabaseError } from "../database-error.ts";
import type { DatabaseValue } from "../database-value.ts";
import type { Statement } from "../sql/statement.ts";
import type { MysqlConnection } from "./mysql-connection.ts";
import { runStatement } from "./run-statement.ts";

/** Long enough for a statement that has nearly ended; one that still runs then is stopped. */
const ROLLBACK_TIMEOUT_MS = 1_000;

/** What makes the server commit everything before it, without a word. */
const COMMITS =
  /^(?:(?:CREATE|DROP)(?!\s+TEMPORARY\b)|ALTER|RENAME|TRUNCATE|GRANT|REVOKE|ANALYZE|OPTIMIZE|REPAIR|CHECK|CACHE|FLUSH|RESET|INSTALL|UNINSTALL)\b/i;

const UNDONE = "The connection to the database broke: the transaction was undone.";

/** What a transaction gets from the driver that has begun it. */
export interface Begun {
  readonly connection: MysqlConnection;
  /** How long one statement may run. */
  readonly maxMilliseconds: number;
  readonly giveBack: () => void;
}

/** A transaction on a connection of its own, which it gives back clean, or broken so that nobody gets it again. */
export class MysqlTransaction implements DriverTransaction {
  readonly #begun: Begun;
  /** Why the server has ended the transaction: what came after would count at once, alone. */
  #end: Error | undefined;
  /** Whether its own end was asked for, maybe while a statement runs that nobody awaits. */
  #isEnding = false;

  constructor(begun: Begun) {
    this.#begun = begun;
  }

  async run(statement: Statement, values: readonly DatabaseValue[], wanted: RowsWanted): Promise<StatementResult> {
    this.#refuseWhenOver();
    if (statement.kind === "other" && COMMITS.test(statement.sql)) {
      const lesson = "MySQL would commit what came before, and could not undo this: run it outside transaction().";
      throw new DatabaseError("transaction", lesson);
    }
    const { connection, maxMilliseconds } = this.#begun;
    let result: StatementResult;
    try {
      result = await runStatement(statement, values, wanted, connection, maxMilliseconds);
    } catch (error) {
      throw await this.#noteFailure(error);
    }
    if (!connection.isInTransaction && !this.#isEnding) {
      this.#end = new DatabaseError(
        "transaction",
        "This statement has ended the transaction: what came before is kept.",
      );
    }
    this.#refuseWhenOver();
    return result;
  }

  async commit(): Promise<void> {
    try {
      this.#refuseWhenOver();
      this.#isEnding = true;
      await this.#begun.connection.control("COMMIT");
    } finally {
      await this.rollback();
    }
  }

  /** Never fails: where the server cannot be asked any more, it undoes the work when the connection ends. */
  async rollback(): Promise<void> {
    const { connection, giveBack } = this.#begun;
    this.#isEnding = true;
    try {
      if (!connection.isSettled) {
        await inTime("MySQL", connection.control("ROLLBACK"), ROLLBACK_TIMEOUT_MS);
      }
    } catch {
      await connection.close();
    } finally {
      giveBack();
    }
  }

  #refuseWhenOver(): void {
    if (this.#end !== undefined) {
      throw this.#end;
    }
  }

  /** After some failures the server has undone everything, after others this statement only: its next answer tells. */
  async #noteFailure(error: unknown): Promise<unknown> {
    const { connection } = this.#begun;
    if (error instanceof DatabaseError && error.code === "lost") {
      this.#end = new DatabaseError("lost", UNDONE, { cause: error });
      return this.#end;
    }
    await connection.control("DO 0").catch(() => {});
    if (!connection.isInTransaction) {
      const undone = new DatabaseError("transaction", "The database has already undone this transaction.", {
        cause: error,
      });
      this.#end ??= error instanceof DatabaseConflictError ? error : undone;
    }
    return error;
  }
}
