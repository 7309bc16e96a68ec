import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { after, afterEach, beforeEach, describe, it } from "node:test";
import type { Database } from "../../../src/database/database.ts";
import { postgresAddress } from "../../../src/database/postgres/postgres-address.ts";
import { PostgresDriver } from "../../../src/database/postgres/postgres-driver.ts";
import type { Transaction } from "../../../src/database/transaction.ts";
import { type OpenedPostgres, openPostgres } from "./opened-postgres.ts";
import { startPostgres } from "./postgres-server.ts";

/** Runs a call beside the transaction that surrounds it. */
const outside = AsyncLocalStorage.snapshot();
const server = await startPostgres();
after(async () => typeof server === "string" || server.stop());

describe("PostgresTransaction", { skip: typeof server === "string" && server }, () => {
  let opened: OpenedPostgres;
  let database: Database;

  beforeEach(async () => {
    if (typeof server === "string") throw new Error(server);
    opened = await openPostgres(server, 3);
    ({ database } = opened);
    await database.execute("CREATE TABLE users (id SERIAL PRIMARY KEY, email TEXT UNIQUE, age INTEGER DEFAULT 0)");
    await database.execute("INSERT INTO users (email) VALUES ('a'), ('b')");
  });
  afterEach(async () => opened.close());

  const ages = async () => (await database.fetch("SELECT age FROM users ORDER BY id")).map(({ age }) => age);

  it("is an error when the database undid it, though COMMIT succeeds then", async () => {
    const undone = database.transaction(async (transaction) => {
      await transaction.execute("UPDATE users SET age = 1");
      await transaction.insert("users", { email: "a" }).catch(() => {});
    });
    await assert.rejects(undone, ({ code, cause }) => code === "transaction" && cause.code === "unique");
    assert.deepEqual(await ages(), [0, 0]);
  });

  it("goes on after a failure that a transaction inside has caught", async () => {
    await database.transaction(async (transaction) => {
      const inner = transaction.transaction(async (second) => second.insert("users", { email: "a" }));
      await assert.rejects(inner, { code: "unique" });
      await transaction.execute("UPDATE users SET age = 1");
    });
    assert.deepEqual(await ages(), [1, 1]);
  });

  it("tells why when its commit fails", async () => {
    await database.execute(`CREATE TABLE notes (user_id INTEGER REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED)`);
    const broken = database.transaction(async (transaction) => transaction.insert("notes", { user_id: 999 }));
    await assert.rejects(broken, { name: "DatabaseError", code: "foreign_key" });
    assert.deepEqual(await database.fetch("SELECT * FROM notes"), []);
  });

  it("runs several statements at once one after the other", async () => {
    const add = (transaction: Transaction) => transaction.execute("UPDATE users SET age = age + 1");
    await database.transaction(async (transaction) => {
      await Promise.all(Array.from({ length: 20 }, () => add(transaction)));
    });
    assert.deepEqual(await ages(), [20, 20]);
  });

  it("is busy when others hold a lock for too long", async () => {
    await database.transaction(async (transaction) => {
      await transaction.execute("UPDATE users SET age = 1 WHERE id = 1");
      const update = (second: Transaction) => second.execute("UPDATE users SET age = 2 WHERE id = 1");
      const waiting = outside(() => database.transaction(update, { waitMilliseconds: 20 }));
      await assert.rejects(waiting, { name: "DatabaseBusyError", status: 503, code: "busy" });
    });
    assert.deepEqual(await ages(), [1, 0]);
  });

  it("runs again when it and another wait for each other", async () => {
    let runs = 0;
    let meet = () => {};
    const met = new Promise<void>((resolve) => {
      let missing = 2;
      meet = () => {
        missing--;
        if (missing === 0) resolve();
      };
    });
    const addInOrder = (first: number, second: number) =>
      database.transaction(async (transaction) => {
        runs++;
        await transaction.execute("UPDATE users SET age = age + 1 WHERE id = ?", [first]);
        meet();
        await met;
        await transaction.execute("UPDATE users SET age = age + 1 WHERE id = ?", [second]);
      });
    await Promise.all([addInOrder(1, 2), addInOrder(2, 1)]);
    assert.deepEqual(await ages(), [2, 2]);
    assert.ok(runs > 2);
  });

  it("can ask for another isolation first", async () => {
    const level = await database.transaction(async (transaction) => {
      await transaction.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
      return transaction.fetchOne("SELECT current_setting('transaction_isolation') AS x");
    });
    assert.equal(level?.x, "read committed");
    const usual = await database.transaction(async (transaction) =>
      transaction.fetchOne("SELECT current_setting('transaction_isolation') AS x"),
    );
    assert.equal(usual?.x, "repeatable read");
  });

  it("leaves nothing outside of it when it ends in the midst of a statement", async () => {
    const tables = Array.from({ length: 30 }, (_, index) => `t${index}`);
    for (const table of tables) await database.execute(`CREATE TABLE ${table} (id SERIAL PRIMARY KEY, n INTEGER)`);
    for (const table of tables) {
      const begun = database.transaction(async (transaction) => {
        // The first INSERT into a table takes two steps; the transaction ends between them.
        const inserted = transaction.insert(table, { n: 1 });
        inserted.catch(() => {});
        throw new Error("changed my mind");
      });
      await assert.rejects(begun, { message: "changed my mind" });
      assert.deepEqual(await database.fetch(`SELECT * FROM ${table}`), []);
    }
  });

  it("cuts a statement off that runs for longer than the transaction may, and frees its locks", async () => {
    const work = async (transaction: Transaction) => {
      await transaction.execute("UPDATE users SET age = 1");
      await transaction.fetch("SELECT pg_sleep(60)");
    };
    const slow = database.transaction(work, { maxMilliseconds: 50 });
    await assert.rejects(slow, { name: "DatabaseError", code: "transaction", message: /50 ms/ });
    await database.execute("UPDATE users SET age = age + 2");
    assert.deepEqual(await ages(), [2, 2]);
  });
});

describe("lockMigrations", { skip: typeof server === "string" && server }, () => {
  it("lets one in at a time, and the next when the holder ends, however he ends", async () => {
    if (typeof server === "string") throw new Error(server);
    const address = postgresAddress(await server.createDatabase());
    const [first, second] = [new PostgresDriver(address), new PostgresDriver(address)];
    const unlock = await first.lockMigrations(1_000);
    await assert.rejects(second.lockMigrations(1), { name: "DatabaseBusyError", code: "busy" });
    const elsewhere = new PostgresDriver(postgresAddress(await server.createDatabase()));
    await (await elsewhere.lockMigrations(1))();
    const waiting = second.lockMigrations(10_000);
    await unlock();
    await waiting;
    await server.query("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");
    await (await first.lockMigrations(10_000))();
  });
});
