import { AsyncLocalStorage } from "node:async_hooks";
import type { DatabaseDriver, DriverTransaction } from "./database-driver.ts";
import { DatabaseConflictError, DatabaseError } from "./database-error.ts";
import { StatementReader } from "./sql/statement-reader.ts";
import { type Innermost, Transaction } from "./transaction.ts";

/** What all `Database` objects of one application and one URL share. */
export class DatabasePool {
  readonly driver: DatabaseDriver;
  readonly statements: StatementReader;
  /** Follows the calls of a transaction's callback, to find the one that would wait for its own transaction. */
  readonly #surrounding = new AsyncLocalStorage<Innermost>();

  constructor(driver: DatabaseDriver) {
    this.driver = driver;
    this.statements = new StatementReader(driver.dialect);
  }

  /** @throws {DatabaseError} `transaction` when this runs in the callback of a transaction that has not ended. */
  refuseInsideTransaction(): void {
    if (this.#surrounding.getStore()?.current !== undefined) {
      const lesson =
        "Inside transaction() use the transaction that it hands over: the database would wait for it in vain.";
      throw new DatabaseError("transaction", lesson);
    }
  }

  /**
   * Runs work in a transaction, once; where the database undoes a transaction because another one came first, again.
   *
   * @param waitMilliseconds How long to wait for others, each time, and how long to try again.
   * @param maxMilliseconds How long the work may take, each time.
   */
  async runTransaction<T>(
    work: (transaction: Transaction) => Promise<T>,
    waitMilliseconds: number,
    maxMilliseconds: number,
  ): Promise<T> {
    const start = performance.now();
    for (;;) {
      try {
        return await this.#runOnce(await this.driver.begin(waitMilliseconds, maxMilliseconds), work, maxMilliseconds);
      } catch (error) {
        const isInTime = performance.now() - start < waitMilliseconds;
        if (!(error instanceof DatabaseConflictError) || !isInTime) {
          throw error;
        }
      }
    }
  }

  /** Ends a transaction that has begun, and leaves it unusable. */
  async #runOnce<T>(
    begun: DriverTransaction,
    work: (transaction: Transaction) => Promise<T>,
    maxMilliseconds: number,
  ): Promise<T> {
    const innermost: Innermost = { current: undefined };
    const transaction = new Transaction(begun, this.statements, innermost);
    let result: T;
    try {
      result = await inTime(
        this.#surrounding.run(innermost, async () => work(transaction)),
        maxMilliseconds,
      );
      transaction.refuseUnlessInnermost();
    } catch (error) {
      innermost.current = undefined;
      await begun.rollback();
      throw error;
    }
    innermost.current = undefined;
    await begun.commit();
    return result;
  }
}

/** A callback that never ends would lock all writers out for good. */
async function inTime<T>(work: Promise<T>, maxMilliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const lateness = new Promise<never>((_, reject) => {
    const giveUp = () => {
      reject(new DatabaseError("transaction", `The transaction was undone: it lasted over ${maxMilliseconds} ms.`));
    };
    timer = setTimeout(giveUp, maxMilliseconds);
  });
  try {
    return await Promise.race([work, lateness]);
  } finally {
    clearTimeout(timer);
  }
}
