import { inTime } from "../../in-time.ts";
import type { DriverTransaction, RowsWanted, StatementResult } from "../database-driver.ts";
import { DatabaseError } from "../database-error.ts";
import type { DatabaseValue } from "../database-value.ts";
import type { Statement } from "../sql/statement.ts";
import type { IdentityColumns } from "./identity-columns.ts";
import type { PostgresConnection } from "./postgres-connection.ts";
import { runStatement } from "./run-statement.ts";

/** Long enough for a statement that has nearly ended; one that still runs then is cut off. */
const ROLLBACK_TIMEOUT_MS = 1_000;

const UNDONE = "The connection to the database broke: the transaction was undone.";

/** What a transaction gets from the driver that has begun it. */
export interface Begun {
  readonly connection: PostgresConnection;
  readonly identityColumns: IdentityColumns;
  /** How long one statement may run. */
  readonly maxMilliseconds: number;
  readonly giveBack: () => void;
}

/** A transaction on a connection of its own, which it gives back clean, or broken so that nobody gets it again. */
export class PostgresTransaction implements DriverTransaction {
  readonly #begun: Begun;
  /** Why the server undoes everything, whatever is asked of it. */
  #failure: unknown;

  constructor(begun: Begun) {
    this.#begun = begun;
  }

  async run(statement: Statement, values: readonly DatabaseValue[], wanted: RowsWanted): Promise<StatementResult> {
    const { connection, identityColumns, maxMilliseconds } = this.#begun;
    try {
      return await runStatement(statement, values, wanted, connection, identityColumns, maxMilliseconds);
    } catch (error) {
      this.#failure ??= error;
      throw isLost(error) ? new DatabaseError("lost", UNDONE, { cause: error }) : error;
    }
  }

  /** To a transaction in which a statement has failed PostgreSQL answers COMMIT with success, and undoes it. */
  async commit(): Promise<void> {
    try {
      const { command } = await this.#begun.connection.control("COMMIT");
      if (command !== "COMMIT") {
        const lesson =
          "The transaction was undone, for a statement in it had failed: put what may fail into one inside.";
        throw new DatabaseError("transaction", lesson, { cause: this.#failure });
      }
    } finally {
      this.#begun.giveBack();
    }
  }

  /** Never fails: where the server cannot be asked any more, it undoes the work when the connection ends. */
  async rollback(): Promise<void> {
    const { connection, giveBack } = this.#begun;
    try {
      await inTime("PostgreSQL", connection.control("ROLLBACK"), ROLLBACK_TIMEOUT_MS);
    } catch {
      await connection.close();
    } finally {
      giveBack();
    }
  }
}

function isLost(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && error.code === "lost";
}
