import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { after, afterEach, beforeEach, describe, it } from "node:test";
import type { Database } from "../../../src/database/database.ts";
import { mysqlAddress } from "../../../src/database/mysql/mysql-address.ts";
import { MysqlDriver } from "../../../src/database/mysql/mysql-driver.ts";
import type { Transaction } from "../../../src/database/transaction.ts";
import { startMariadb } from "./mariadb-server.ts";
import { type OpenedMysql, openMysql } from "./opened-mysql.ts";

const server = await startMariadb();
after(async () => typeof server === "string" || server.stop());

const outsideAnyTransaction = AsyncLocalStorage.snapshot();
const skip = typeof server === "string" && server;

describe("a transaction on MySQL", { skip }, () => {
  let opened: OpenedMysql;
  let database: Database;

  beforeEach(async () => {
    if (typeof server === "string") throw new Error(server);
    opened = await openMysql(server, 3);
    ({ database } = opened);
    await database.execute("CREATE TABLE users (id BIGINT AUTO_INCREMENT PRIMARY KEY, age BIGINT UNIQUE)");
    await database.execute("INSERT INTO users (age) VALUES (10), (20)");
  });
  afterEach(async () => opened.close());

  const ages = async () => (await database.fetch("SELECT age FROM users ORDER BY id")).map(({ age }) => age);

  it("refuses, before it runs, what would commit everything before it", async () => {
    const refused = [
      "CREATE TABLE t (n INT)",
      "/* x */ alter table users add n INT",
      "DROP TABLE users",
      "TRUNCATE users",
    ];
    for (const sql of refused) {
      const outcome = database.transaction(async (transaction) => {
        await transaction.execute("DELETE FROM users");
        await transaction.execute(sql);
      });
      await assert.rejects(outcome, { code: "transaction", message: /outside transaction\(\)/ }, sql);
      assert.deepEqual(await ages(), [10, 20]);
    }
  });

  it("does not go on when a procedure has ended it, and does not claim that it was undone", async () => {
    await database.execute("CREATE PROCEDURE finish() BEGIN COMMIT; END");
    const outcome = database.transaction(async (transaction) => {
      await transaction.execute("DELETE FROM users WHERE age = 10");
      await transaction.execute("CALL finish()").catch(() => {});
      await transaction.execute("DELETE FROM users");
    });
    await assert.rejects(outcome, { code: "transaction", message: /what came before is kept/ });
    assert.deepEqual(await ages(), [20]);
  });

  it("goes on after a statement that failed alone", async () => {
    await database.transaction(async (transaction) => {
      await transaction.execute("UPDATE users SET age = 11 WHERE age = 10");
      await assert.rejects(transaction.insert("users", { age: 20 }), { code: "unique" });
      await transaction.insert("users", { age: 30 });
    });
    assert.deepEqual(await ages(), [11, 20, 30]);
  });

  it("runs again when it and another wait for each other, also when the callback hides that", async () => {
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
        await transaction.execute("UPDATE users SET age = age + 1 WHERE id = ?", [second]).catch(() => {});
      });
    await Promise.all([addInOrder(1, 2), addInOrder(2, 1)]);
    assert.deepEqual(await ages(), [12, 22]);
    assert.ok(runs > 2);
  });

  it("is busy when others hold a lock for too long", async () => {
    await database.transaction(async (transaction) => {
      await transaction.execute("UPDATE users SET age = 1 WHERE id = 1");
      const update = (second: Transaction) => second.execute("UPDATE users SET age = 2 WHERE id = 1");
      const waiting = outsideAnyTransaction(() => database.transaction(update, { waitMilliseconds: 20 }));
      await assert.rejects(waiting, { name: "DatabaseBusyError", status: 503, code: "busy" });
    });
    assert.deepEqual(await ages(), [1, 20]);
  });

  it("stops a statement that runs for longer than the transaction may, and frees its locks", async () => {
    const slow = database.transaction(
      async (transaction) => transaction.fetch("SELECT SLEEP(60) FROM users FOR UPDATE"),
      { maxMilliseconds: 50 },
    );
    await assert.rejects(slow, { name: "DatabaseError" });
    await database.execute("UPDATE users SET age = 1 WHERE id = 1");
  });

  it("keeps what was asked for before its end, though nobody awaits it", async () => {
    let forgotten: Promise<unknown> = Promise.resolve();
    await database.transaction(async (transaction) => {
      await transaction.insert("users", { age: 30 });
      forgotten = transaction.insert("users", { age: 40 });
    });
    await forgotten;
    assert.deepEqual(await ages(), [10, 20, 30, 40]);
  });

  it("rolls back when one of several statements at once fails", async () => {
    const outcome = database.transaction(async (transaction) => {
      await Promise.all([10, 30, 40, 50].map((age) => transaction.insert("users", { age })));
    });
    await assert.rejects(outcome, { code: "unique" });
    assert.deepEqual(await ages(), [10, 20]);
  });
});

describe("lockMigrations of MySQL", { skip }, () => {
  it("lets one in at a time, and the next when the holder ends, however it ends", async () => {
    if (typeof server === "string") throw new Error(server);
    const address = mysqlAddress(await server.createDatabase());
    const [first, second] = [new MysqlDriver(address), new MysqlDriver(address)];
    const unlock = await first.lockMigrations(1_000);
    await assert.rejects(second.lockMigrations(1), { name: "DatabaseBusyError", code: "busy" });
    const elsewhere = new MysqlDriver(mysqlAddress(await server.createDatabase()));
    await (await elsewhere.lockMigrations(0))();
    const waiting = second.lockMigrations(10_000);
    await unlock();
    await waiting;
    const [holder] = await server.administer(
      "SELECT id FROM information_schema.processlist WHERE user = 'tina4' AND id <> CONNECTION_ID()",
    );
    await server.administer(`KILL ${holder?.id}`);
    await (await first.lockMigrations(10_000))();
  });
});
