import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it, type TestContext } from "node:test";
import { Database } from "../../../src/database/database.ts";
import { DatabasePools } from "../../../src/database/database-pools.ts";
import { Migrations } from "../../../src/database/migrations/migrations.ts";
import { startMariadb } from "../mysql/mariadb-server.ts";
import { startPostgres } from "../postgres/postgres-server.ts";

const [postgres, mariadb] = await Promise.all([startPostgres(), startMariadb()]);
after(async () => {
  await Promise.all([postgres, mariadb].map(async (server) => typeof server === "string" || server.stop()));
});

const POSTGRES = { skip: typeof postgres === "string" && postgres, url: () => urlOn(postgres) };
const MARIADB = { skip: typeof mariadb === "string" && mariadb, url: () => urlOn(mariadb) };
const SQLITE = { skip: false as const, url: async () => "sqlite:data/app.db" };

const USERS = "20260322160000_create_users_table.sql";
const KEYS = "20260322170000_create_api_keys_table.sql";

/** As the books write them. */
const BOOKS = {
  [USERS]: `-- UP
CREATE TABLE users (
id INTEGER PRIMARY KEY AUTOINCREMENT,
name TEXT NOT NULL,
email TEXT NOT NULL UNIQUE,
password_hash TEXT NOT NULL,
role TEXT NOT NULL DEFAULT 'user',
created_at TEXT DEFAULT CURRENT_TIMESTAMP
);
-- DOWN
DROP TABLE IF EXISTS users;`,
  [KEYS]: `-- UP
CREATE TABLE api_keys (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    key_value TEXT NOT NULL UNIQUE,
    is_active INTEGER NOT NULL DEFAULT 1,
    rate_limit INTEGER NOT NULL DEFAULT 100,
    request_count INTEGER NOT NULL DEFAULT 0,
    last_used_at TEXT,
    created_at TEXT DEFAULT CURRENT_TIMESTAMP
);

CREATE UNIQUE INDEX idx_api_keys_key ON api_keys (key_value);

-- DOWN
DROP INDEX IF EXISTS idx_api_keys_key;
DROP TABLE IF EXISTS api_keys;`,
};

async function urlOn(server: string | { createDatabase(): Promise<string> }): Promise<string> {
  return typeof server === "string" ? "" : server.createDatabase();
}

/** An empty database, and a folder with these migrations. */
async function open(
  test: TestContext,
  { url }: { url: () => Promise<string> },
  files: Readonly<Record<string, string>>,
) {
  const root = mkdtempSync(join(tmpdir(), "tina4-migrations-"));
  const pools = new DatabasePools({ root });
  test.after(async () => {
    await pools.close();
    rmSync(root, { recursive: true });
  });
  const database = new Database({ url: await url(), pools });
  const write = (name: string, text: string) => writeFileSync(join(root, name), text);
  for (const [name, text] of Object.entries(files)) write(name, text);
  return { database, write, migrations: new Migrations({ database, folder: root }) };
}

describe("the migrations of the books", () => {
  for (const [name, server] of Object.entries({ SQLite: SQLITE, PostgreSQL: POSTGRES, MariaDB: MARIADB })) {
    it(`run on ${name}, and number new rows`, { skip: server.skip }, async (test) => {
      const { database, migrations } = await open(test, server, BOOKS);
      assert.deepEqual(await migrations.migrate(), [USERS, KEYS]);
      const alice = { name: "Alice", email: "alice@example.com", password_hash: "x" };
      assert.equal((await database.insert("users", alice)).lastId, 1);
      assert.equal((await database.insert("users", { ...alice, email: "bob@example.com" })).lastId, 2);
      await assert.rejects(database.insert("users", alice), { code: "unique" });
      const row = await database.fetchOne("SELECT role, created_at FROM users WHERE id = 1");
      assert.equal(row?.role, "user");
      assert.match(String(row?.created_at), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/);
      assert.equal((await database.insert("api_keys", { name: "key", key_value: "v" })).lastId, 1);
    });
  }

  for (const [name, server] of Object.entries({ SQLite: SQLITE, PostgreSQL: POSTGRES })) {
    it(`are undone on ${name}`, { skip: server.skip }, async (test) => {
      const { migrations } = await open(test, server, BOOKS);
      await migrations.migrate();
      assert.deepEqual(await migrations.rollback(2), [KEYS, USERS]);
      assert.deepEqual(await migrations.migrate(), [USERS, KEYS]);
    });
  }

  it("are undone on MariaDB with a file of its own, where dropping an index names its table", MARIADB, async (test) => {
    const { migrations, write } = await open(test, MARIADB, BOOKS);
    const own = BOOKS[KEYS].replace("idx_api_keys_key;", "idx_api_keys_key ON api_keys;");
    write(KEYS.replace("sql", "mysql.sql"), own.replace("-- DOWN\nDROP INDEX IF EXISTS idx_api_keys_key;", "-- DOWN"));
    await migrations.migrate();
    assert.deepEqual(await migrations.rollback(2), [KEYS, USERS]);
  });
});

describe("Migrations on PostgreSQL", POSTGRES, () => {
  const INDEX = "20260101000000_index.sql";
  const TABLE = { "20250101000000_table.sql": "-- UP\nCREATE TABLE t (a INTEGER);\nINSERT INTO t VALUES (1), (1);" };
  const CONCURRENTLY = "-- UP\nCREATE UNIQUE INDEX CONCURRENTLY i ON t (a);\n-- DOWN\nDROP INDEX CONCURRENTLY i;";

  it("run functions, dollar-quoted or in standard SQL, triggers, rules and blocks", async (test) => {
    const { database, migrations } = await open(test, POSTGRES, {
      ...TABLE,
      [INDEX]: `-- UP
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE SQL BEGIN ATOMIC SELECT 1; SELECT CASE WHEN n > 0 THEN n * 2 END; END;
CREATE FUNCTION mark() RETURNS trigger AS $$ BEGIN NEW.a = twice(NEW.a); RETURN NEW; END; $$ LANGUAGE plpgsql;
CREATE TRIGGER mark BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION mark();
CREATE TABLE log (a INTEGER);
CREATE RULE mirror AS ON DELETE TO t DO ALSO (INSERT INTO log VALUES (1); INSERT INTO log VALUES (2));
DO $do$ BEGIN INSERT INTO t VALUES (21); END; $do$;
DELETE FROM t WHERE a = 1;`,
    });
    await migrations.migrate();
    assert.deepEqual(
      (await database.fetch("SELECT a FROM t")).map(({ a }) => a),
      [42],
    );
    assert.equal((await database.fetch("SELECT a FROM log")).length, 2 * 2); // of each row both statements of the rule
  });

  it("leave no trace of one that fails", async (test) => {
    const { database, migrations, write } = await open(test, POSTGRES, TABLE);
    write(
      INDEX,
      "-- UP\nCREATE TABLE u (a INTEGER);\nALTER TABLE t ADD COLUMN b TEXT;\nINSERT INTO nowhere VALUES (1);",
    );
    await assert.rejects(migrations.migrate(), {
      message: `${INDEX}: statement 3 under "-- UP", line 4: relation "nowhere" does not exist`,
    });
    const tables = (await database.fetch(database.dialect.tableNames)).map(({ name }) => name);
    assert.deepEqual(tables.sort(), ["t", "tina4_migrations", "tina4_migrations_begun"]);
    write(INDEX, "-- UP\nCREATE TABLE u (a INTEGER);\n");
    assert.deepEqual(await migrations.migrate(), [INDEX]);
  });

  it("say what a statement needs that no transaction can hold, and give it that", async (test) => {
    const { database, migrations, write } = await open(test, POSTGRES, TABLE);
    write(INDEX, CONCURRENTLY);
    await assert.rejects(migrations.migrate(), { message: /statement 1 .*CONCURRENTLY.*"-- NO TRANSACTION"/ });
    await database.execute("UPDATE t SET a = 2 WHERE ctid = '(0,1)'");
    write(INDEX, `-- NO TRANSACTION\n${CONCURRENTLY}`);
    assert.deepEqual(await migrations.migrate(), [INDEX]);
    assert.deepEqual(await migrations.rollback(), [INDEX]);
  });

  it("ask somebody to look at what an index that failed leaves behind", async (test) => {
    const { database, migrations, write } = await open(test, POSTGRES, TABLE);
    write(INDEX, `-- NO TRANSACTION\n${CONCURRENTLY}`);
    await assert.rejects(migrations.migrate(), { message: /could not create unique index.*migrate:resolve/ });
    await assert.rejects(migrations.migrate(), { message: /a run of it did not come to its end/ });
    await database.execute("DROP INDEX i");
    await database.execute("UPDATE t SET a = 2 WHERE ctid = '(0,1)'");
    await migrations.resolve(INDEX, 0);
    assert.deepEqual(await migrations.migrate(), [INDEX]);
  });
});

describe("Migrations on MariaDB", MARIADB, () => {
  it("run triggers and procedures with all their blocks", async (test) => {
    const { database, migrations } = await open(test, MARIADB, {
      "20260101000000_log.sql": `-- up
CREATE TABLE t (a INTEGER);
CREATE TRIGGER twice BEFORE INSERT ON t FOR EACH ROW IF NEW.a > 0 THEN SET NEW.a = NEW.a * 2; END IF;
CREATE PROCEDURE fill() BEGIN
  DECLARE n INT DEFAULT 3;
  DECLARE EXIT HANDLER FOR NOT FOUND BEGIN END;
  here: LOOP IF n = 0 THEN LEAVE here; END IF; INSERT INTO t VALUES (n); SET n = n - 1; END LOOP here;
  WHILE n < 1 DO SET n = n + 1; END WHILE;
  REPEAT CASE n WHEN 1 THEN SET n = IF(n = 1, 5, 6); ELSE BEGIN SET n = n + 1; END; END CASE; UNTIL n > 5 END REPEAT;
END;
CALL fill();
INSERT INTO t VALUES (10);
-- down
DROP PROCEDURE fill;
DROP TABLE t;`,
    });
    await migrations.migrate();
    const rows = await database.fetch("SELECT a FROM t ORDER BY a");
    assert.deepEqual(
      rows.map(({ a }) => a),
      [2, 4, 6, 20],
    );
    await migrations.rollback();
    await migrations.migrate();
  });
});
