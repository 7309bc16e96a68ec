import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import type { Database } from "../../../src/database/database.ts";
import { DatabaseError } from "../../../src/database/database-error.ts";
import { Migrations } from "../../../src/database/migrations/migrations.ts";
import { type TemporaryDatabase, temporaryDatabase } from "../fixtures/sqlite-engines.ts";

const USERS = "20260101000000_create_users.sql";
const THREE = [
  "-- UP",
  "CREATE TABLE users (id INTEGER);",
  "INSERT INTO users VALUES (1);",
  "CREATE TABLE notes (id INTEGER);",
  "-- DOWN",
  "DROP TABLE notes;",
  "DROP TABLE users;",
];

let temporary: TemporaryDatabase;
let database: Database;
let migrations: Migrations;

function write(lines: readonly string[]): void {
  writeFileSync(join(temporary.folder, "migrations", USERS), lines.join("\n"));
}

/** Lets the process "die" at the statement that begins so: before it runs, or when it has run but nobody has been told. */
function dieAt(beginning: string, when: "before" | "after"): void {
  const execute = database.executeForLong.bind(database);
  database.executeForLong = async (sql, limit) => {
    if (!sql.startsWith(beginning)) return execute(sql, limit);
    database.executeForLong = execute;
    if (when === "after") await execute(sql, limit);
    throw Object.assign(new DatabaseError("failed", "The connection broke."), { code: "lost" });
  };
}

async function tables(): Promise<readonly string[]> {
  const rows = await database.fetch(database.dialect.tableNames);
  return rows
    .map(({ name }) => String(name))
    .filter((name) => !/^(tina4|sqlite)_/.test(name))
    .sort();
}

const states = async () => (await migrations.status()).map(({ state }) => state);

/** SQLite, taken for a database that cannot undo what a statement did to a table. */
describe("Migrations that no transaction holds", () => {
  beforeEach(() => {
    temporary = temporaryDatabase();
    ({ database } = temporary);
    Object.defineProperty(database, "dialect", { value: { ...database.dialect, hasTransactionalDdl: false } });
    mkdirSync(join(temporary.folder, "migrations"));
    write(THREE);
    migrations = new Migrations({ database, folder: join(temporary.folder, "migrations") });
  });
  afterEach(async () => temporary.close());

  it("run all their statements, once, and back", async () => {
    assert.deepEqual(await migrations.migrate(), [USERS]);
    assert.deepEqual(await migrations.migrate(), []);
    assert.deepEqual(await tables(), ["notes", "users"]);
    assert.deepEqual(await migrations.rollback(), [USERS]);
    assert.deepEqual([await tables(), await states()], [[], ["pending"]]);
  });

  it("are as if they had never begun when the database refuses the first statement", async () => {
    write(["-- UP", "CREATE TABLE nowhere.users (id INTEGER);", "SELECT 1"]);
    await assert.rejects(migrations.migrate(), {
      message: `${USERS}: statement 1 under "-- UP", line 2: unknown database nowhere`,
    });
    assert.deepEqual(await states(), ["pending"]);
    write(THREE);
    assert.deepEqual(await migrations.migrate(), [USERS]);
  });

  it("go on behind what is done when a later statement was refused and mended", async () => {
    for (const broken of ["CREATE TABLE nowhere.notes (id INTEGER);", "INSERT INTO nowhere VALUES (1);"]) {
      write([...THREE.slice(0, 3), broken]);
      await assert.rejects(migrations.migrate(), {
        message:
          /statement 3 under "-- UP", line 4: .*nowhere.*\. Statements 1 to 2 are done and stay: .* it goes on there\.$/,
      });
      assert.deepEqual([await tables(), await states()], [["users"], ["begun"]]);
    }
    write(THREE);
    assert.deepEqual(await migrations.migrate(), [USERS]);
    assert.equal((await database.fetch("SELECT id FROM users")).length, 1);
  });

  it("run nothing when a statement cannot be part of a migration", async () => {
    write([...THREE.slice(0, 3), "COMMIT;"]);
    await assert.rejects(migrations.migrate(), { message: /statement 3 .*line 4: COMMIT cannot be run by itself/ });
    assert.deepEqual([await tables(), await states()], [[], ["pending"]]);
  });

  for (const [when, done] of [
    ["before", 2],
    ["after", 3],
  ] as const) {
    it(`wait for somebody to look when the process died ${when} a statement took effect`, async () => {
      dieAt("CREATE TABLE notes", when);
      const lesson =
        /Nobody knows whether statement 3 under "-- UP", line 4, took effect; all before it did\. .*migrate:resolve 20260101000000_create_users\.sql --done 3" or .* --done 2"/;
      await assert.rejects(migrations.migrate(), { message: lesson });
      await assert.rejects(migrations.migrate(), { name: "MigrationError", message: lesson });
      await assert.rejects(migrations.rollback(), { message: lesson });
      assert.deepEqual(await states(), ["begun"]);
      await migrations.resolve(USERS, done);
      assert.deepEqual(await migrations.migrate(), [USERS]);
      assert.deepEqual([await tables(), await states()], [["notes", "users"], ["applied"]]);
    });
  }

  it("begin anew when all was undone by hand", async () => {
    dieAt("CREATE TABLE notes", "before");
    await assert.rejects(migrations.migrate());
    await database.execute("DROP TABLE users");
    await migrations.resolve(USERS, 0);
    assert.deepEqual(await migrations.migrate(), [USERS]);
  });

  it("finish the way back before they are applied again", async () => {
    await migrations.migrate();
    dieAt("DROP TABLE users", "after");
    await assert.rejects(migrations.rollback(), { message: /statement 2 under "-- DOWN", line 7/ });
    await migrations.resolve(USERS, 2);
    await assert.rejects(migrations.migrate(), {
      message: /2 of the statements under "-- DOWN" are done.*migrate:rollback"/,
    });
    assert.deepEqual(await migrations.rollback(), [USERS]);
    assert.deepEqual([await tables(), await states()], [[], ["pending"]]);
  });

  it("refuse to go on when what is done was changed, or the file is gone", async () => {
    dieAt("CREATE TABLE notes", "before");
    await assert.rejects(migrations.migrate());
    await migrations.resolve(USERS, 2);
    write(THREE.map((line) => line.replace("VALUES (1)", "VALUES (2)")));
    await assert.rejects(migrations.migrate(), {
      message: /2 of the statements under "-- UP" are done, and were changed/,
    });
    rmSync(join(temporary.folder, "migrations", USERS));
    await assert.rejects(migrations.migrate(), { message: /^20260101000000_create_users\.sql: .*file is missing/ });
    write(THREE);
    assert.deepEqual(await migrations.migrate(), [USERS]);
  });

  it("are not gone on with by two that believe to be alone", async () => {
    const execute = database.executeForLong.bind(database);
    let other: unknown;
    database.executeForLong = async (sql, limit) => {
      database.executeForLong = execute;
      Object.defineProperty(database, "lockMigrations", { value: async () => async () => {} });
      other = await migrations.migrate().catch((error: unknown) => error);
      await execute(sql, limit);
    };
    assert.deepEqual(await migrations.migrate(), [USERS]);
    assert.match(String(other), /a run of it did not come to its end/);
    assert.equal((await database.fetch("SELECT id FROM users")).length, 1);
  });

  it("resolve only what was cut off, within its statements", async () => {
    await assert.rejects(migrations.resolve(USERS, 1), { message: `No run of ${USERS} was cut off.` });
    dieAt("CREATE TABLE notes", "before");
    await assert.rejects(migrations.migrate());
    await assert.rejects(migrations.resolve(USERS.replace("users", "user"), 1), { message: /Did you mean/ });
    for (const done of [-1, 4, 1.5, Number.NaN]) {
      await assert.rejects(migrations.resolve(USERS, done), { message: /there are 3 statements under "-- UP"/ });
    }
  });
});
