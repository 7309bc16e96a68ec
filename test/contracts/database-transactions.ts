import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { describe, it } from "node:test";
import { type DriverUnderTest, OpenedDatabase } from "./opened-database.ts";

/** What every database keeps about transactions, whatever stands behind it. */
export function databaseTransactionsContract(driver: DriverUnderTest): void {
  describe(`database transactions contract: ${driver.name}`, { skip: driver.skip }, () => {
    const opened = new OpenedDatabase(driver);

    describe("transactions", () => {
      it("keep everything or nothing, and give back what the callback returns", async () => {
        const kept = await opened.database.transaction(async (transaction) => {
          const { lastId } = await transaction.insert("users", { email: "a@example.org" });
          await transaction.insert("notes", { user_id: lastId, text: "x" });
          return lastId;
        });
        assert.equal(kept, 1);
        const failure = new Error("changed my mind");
        const undone = opened.database.transaction(async (transaction) => {
          await transaction.execute("DELETE FROM notes");
          await transaction.delete("users", { id: 1 });
          throw failure;
        });
        await assert.rejects(undone, (error) => error === failure);
        assert.deepEqual(await opened.emails(), ["a@example.org"]);
        assert.equal((await opened.database.fetch("SELECT * FROM notes")).length, 1);
      });

      it("leave the connection clean after a failure, also one of the commit", async () => {
        await assert.rejects(
          opened.database.transaction(async (transaction) => {
            await transaction.insert("users", { email: "a@example.org" });
            await transaction.insert("users", { email: "a@example.org" });
          }),
          { code: "unique" },
        );
        assert.deepEqual(await opened.emails(), []);
        await opened.database.insert("users", { email: "b@example.org" });
        await opened.database.transaction(async (transaction) =>
          transaction.insert("users", { email: "c@example.org" }),
        );
        assert.deepEqual(await opened.emails(), ["b@example.org", "c@example.org"]);
      });

      it("see their own writes, while others see the state before and need not wait", async () => {
        await opened.database.transaction(async (transaction) => {
          await transaction.insert("users", { email: "a@example.org" });
          assert.equal((await transaction.fetch("SELECT * FROM users")).length, 1);
          const seenOutside = await outside(() => opened.database.fetch("SELECT * FROM users"));
          assert.deepEqual(seenOutside, []);
        });
        assert.deepEqual(await opened.emails(), ["a@example.org"]);
      });

      it("run one after the other, so that none loses what another wrote", async () => {
        await opened.database.insert("users", { email: "a@example.org", age: 0 });
        const increment = () =>
          opened.database.transaction(async (transaction) => {
            const row = await transaction.fetchOne<{ age: number }>("SELECT age FROM users WHERE id = 1");
            await new Promise(setImmediate);
            await transaction.update("users", { age: (row?.age ?? 0) + 1 }, { id: 1 });
          });
        await Promise.all(Array.from({ length: 100 }, increment));
        assert.equal((await opened.database.fetchOne("SELECT age FROM users"))?.age, 100);
      });

      it("can hold others that fail alone", async () => {
        await opened.database.transaction(async (transaction) => {
          await transaction.insert("users", { email: "a@example.org" });
          const inner = transaction.transaction(async (second) => {
            await second.insert("users", { email: "b@example.org" });
            await second.transaction(async (third) => third.insert("users", { email: "c@example.org" }));
            await second.insert("users", { email: "a@example.org" });
          });
          await assert.rejects(inner, { code: "unique" });
          await transaction.transaction(async (second) => second.insert("users", { email: "d@example.org" }));
        });
        assert.deepEqual(await opened.emails(), ["a@example.org", "d@example.org"]);
      });

      it("cannot be used while one inside is open, and undo both when two inside overlap", async () => {
        const overlapping = opened.database.transaction(async (transaction) => {
          const first = transaction.transaction(async (inner) => {
            await assert.rejects(transaction.insert("users", { email: "a@example.org" }), { code: "transaction" });
            await inner.insert("users", { email: "b@example.org" });
          });
          const second = transaction.transaction(async (inner) => inner.insert("users", { email: "c@example.org" }));
          await assert.rejects(second, { code: "transaction" });
          await first;
        });
        await overlapping;
        assert.deepEqual(await opened.emails(), ["b@example.org"]);
        const forgotten = opened.database.transaction(async (transaction) => {
          transaction.transaction(() => new Promise(() => {}));
        });
        await assert.rejects(forgotten, { code: "transaction" });
        await opened.database.transaction(async (transaction) => {
          const forgetful = transaction.transaction(async (second) => {
            await second.insert("users", { email: "c@example.org" });
            second.transaction(() => new Promise(() => {}));
          });
          await assert.rejects(forgetful, { code: "transaction" });
        });
        assert.deepEqual(await opened.emails(), ["b@example.org"]);
        await opened.database.insert("users", { email: "d@example.org" });
      });

      it("cannot be used when they are over", async () => {
        const leaked = await opened.database.transaction(async (transaction) => transaction);
        await assert.rejects(leaked.fetch("SELECT 1"), { code: "transaction", message: /over/ });
        await assert.rejects(
          leaked.transaction(async () => {}),
          { code: "transaction" },
        );
      });

      it("refuse the database itself inside their callback, where it would wait for them", async () => {
        await opened.database.transaction(async (transaction) => {
          await assert.rejects(opened.database.insert("users", { email: "a@example.org" }), { code: "transaction" });
          await assert.rejects(opened.database.fetch("SELECT 1"), { code: "transaction" });
          await assert.rejects(
            opened.database.transaction(async () => {}),
            { code: "transaction" },
          );
          await assert.rejects(opened.database.close(), { code: "transaction" });
          await transaction.insert("users", { email: "b@example.org" });
        });
        assert.deepEqual(await opened.emails(), ["b@example.org"]);
      });

      it("end by themselves when the callback takes too long", async () => {
        const stuck = opened.database.transaction(
          async (transaction) => {
            await transaction.insert("users", { email: "a@example.org" });
            await new Promise(() => {});
          },
          { maxMilliseconds: 1 },
        );
        await assert.rejects(stuck, { code: "transaction", message: /1 ms/ });
        await opened.database.insert("users", { email: "a@example.org" });
      });

      it("take no limits but whole numbers of milliseconds", async () => {
        for (const options of [{ waitMilliseconds: -1 }, { maxMilliseconds: 0.5 }, { maxMilliseconds: 2 ** 31 }]) {
          await assert.rejects(
            opened.database.transaction(async () => {}, options),
            { code: "OPTION_INVALID" },
          );
        }
        await assert.rejects(
          opened.database.transaction(async () => {}, { wait: 1 } as object),
          { code: "OPTION_UNKNOWN" },
        );
      });
    });

    describe("one connection", () => {
      const opened = new OpenedDatabase(driver, "one");

      it("give up waiting for others with an error that a client may see", async () => {
        await opened.database.transaction(async () => {
          const waiting = outside(() => opened.database.transaction(async () => {}, { waitMilliseconds: 1 }));
          await assert.rejects(waiting, { name: "DatabaseBusyError", status: 503, code: "busy" });
        });
        await opened.database.insert("users", { email: "a@example.org" });
      });

      it("closes when the transaction that runs has ended, refuses those that wait, and opens anew at the next use", async () => {
        const { promise: begun, resolve: begin } = promiseToResolve();
        const { promise: finished, resolve: finish } = promiseToResolve();
        const running = opened.database.transaction(async (transaction) => {
          await transaction.insert("users", { email: "a@example.org" });
          begin();
          await finished;
        });
        await begun;
        const waiting = assert.rejects(opened.database.insert("users", { email: "b@example.org" }), { code: "closed" });
        await new Promise(setImmediate);
        const closing = opened.database.close();
        finish();
        await Promise.all([running, waiting, closing]);
        assert.deepEqual(await opened.emails(), ["a@example.org"]);
      });
    });
  });
}

function promiseToResolve(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

const outsideAnyTransaction = AsyncLocalStorage.snapshot();

/** Runs a call as another request would: beside the transaction that surrounds it, not in it. */
function outside<T>(call: () => Promise<T>): Promise<T> {
  return outsideAnyTransaction(call);
}
