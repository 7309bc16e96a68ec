import assert from "node:assert/strict";
import { existsSync, statSync } from "node:fs";
import { describe, it } from "node:test";
import { DatabasePools } from "../../../src/database/database-pools.ts";
import { SqliteDriver } from "../../../src/database/sqlite/sqlite-driver.ts";
import { SQLITE_ENGINES, temporaryDatabase } from "../fixtures/sqlite-engines.ts";

for (const { engine, skip } of SQLITE_ENGINES) {
  describe(`lockMigrations with ${engine.name}`, { skip }, () => {
    it("keeps out every other connection of the file until it is unlocked, and no reader or writer", async (test) => {
      const { database, folder, file, close } = temporaryDatabase(engine);
      const others = new DatabasePools({ root: folder, sqliteEngine: engine });
      test.after(() => others.close().then(close));
      const unlock = await database.lockMigrations(0);
      const { driver } = others.pool("sqlite:data/app.db");
      const cause = new RegExp(`a process has locked ${file}-migrating`);
      await assert.rejects(driver.lockMigrations(0), (error: Error) => cause.test(String(error.cause)));
      await assert.rejects(database.lockMigrations(0), { code: "busy" });
      await database.execute("CREATE TABLE t (a)");
      assert.deepEqual(await database.fetch("SELECT a FROM t"), []);
      await unlock();
      await (await driver.lockMigrations(0))();
      assert.equal(statSync(`${file}-migrating`).mode & 0o777, 0o600);
    });

    it("needs no file for a database in memory", async () => {
      const driver = new SqliteDriver(":memory:", engine);
      const unlock = await driver.lockMigrations(0);
      await assert.rejects(driver.lockMigrations(0), { code: "busy" });
      await unlock();
      await (await driver.lockMigrations(0))();
      await driver.close();
      assert.equal(existsSync(":memory:-migrating"), false);
      await assert.rejects(driver.lockMigrations(0), { code: "closed" });
    });
  });
}
