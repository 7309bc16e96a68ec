import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { Migrations } from "../../../src/database/migrations/migrations.ts";
import { runChild } from "../fixtures/child-process.ts";
import { SQLITE_ENGINES, type TemporaryDatabase, temporaryDatabase } from "../fixtures/sqlite-engines.ts";

const NOON = Date.UTC(2026, 0, 31, 12, 0, 5, 7);
const USERS = "20260101000000_create_users.sql";
const NOTES = "20260102000000_create_notes.sql";
const ROLES = "20260103000000_add_roles.sql";

let temporary: TemporaryDatabase;
let folder: string;
let migrations: Migrations;

function setUp(engine?: Parameters<typeof temporaryDatabase>[0]): void {
  temporary = temporaryDatabase(engine);
  folder = join(temporary.folder, "migrations");
  mkdirSync(folder);
  write(USERS, "-- UP\nCREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);\n-- DOWN\nDROP TABLE users;\n");
  write(NOTES, "-- UP\nCREATE TABLE notes (id INTEGER PRIMARY KEY);\n-- DOWN\nDROP TABLE notes;\n");
  migrations = new Migrations({ database: temporary.database, folder, now: () => NOON });
}

function write(name: string, content: string): void {
  writeFileSync(join(folder, name), content);
}

/** The tables of the application. */
async function tables(): Promise<readonly string[]> {
  const rows = await temporary.database.fetch("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
  return rows.map(({ name }) => String(name)).filter((name) => !name.startsWith("tina4_"));
}

for (const { engine, skip } of SQLITE_ENGINES) {
  describe(`Migrations with ${engine.name}`, { skip }, () => {
    beforeEach(() => setUp(engine));
    afterEach(async () => temporary.close());

    it("apply what is pending, the oldest first, once", async () => {
      write(ROLES, "-- UP\nALTER TABLE users ADD COLUMN role TEXT;\n");
      assert.deepEqual(await migrations.migrate(), [USERS, NOTES, ROLES]);
      assert.deepEqual(await tables(), ["notes", "users"]);
      assert.deepEqual(await migrations.migrate(), []);
    });

    it("apply one that was made earlier and came later", async () => {
      rmSync(join(folder, USERS));
      assert.deepEqual(await migrations.migrate(), [NOTES]);
      write(USERS, "-- UP\nCREATE TABLE users (id INTEGER);");
      assert.deepEqual(await migrations.migrate(), [USERS]);
    });

    it("run triggers and semicolons in strings as they stand", async () => {
      const trigger = "CREATE TRIGGER t AFTER INSERT ON notes BEGIN INSERT INTO users (name) VALUES ('a;b?'); END";
      write(ROLES, `-- UP\n${trigger};\nINSERT INTO notes DEFAULT VALUES;\n-- DOWN\nDROP TRIGGER t;\n`);
      await migrations.migrate();
      assert.equal((await temporary.database.fetchOne("SELECT name FROM users"))?.name, "a;b?");
    });

    it("leave no trace of one that fails, and say where it failed", async () => {
      write(
        ROLES,
        "-- UP\nCREATE TABLE roles (id INTEGER);\n\nINSERT INTO roles VALUES (1);\nINSERT INTO nowhere VALUES (1);\n",
      );
      await assert.rejects(migrations.migrate(), {
        name: "MigrationError",
        message: `${ROLES}: statement 3 under "-- UP", line 5: no such table: nowhere`,
      });
      assert.deepEqual(await tables(), ["notes", "users"]);
      assert.deepEqual(
        (await migrations.status()).map(({ state }) => state),
        ["applied", "applied", "pending"],
      );
      write(ROLES, "-- UP\nCREATE TABLE roles (id INTEGER);\n");
      assert.deepEqual(await migrations.migrate(), [ROLES]);
    });

    it("refuse what would end or escape their transaction", async () => {
      for (const sql of [
        "COMMIT",
        "BEGIN",
        "PRAGMA foreign_keys = OFF",
        "ATTACH 'x.db' AS x",
        "INSERT INTO users VALUES (?, ?)",
      ]) {
        write(ROLES, `-- UP\nCREATE TABLE roles (id INTEGER);\n${sql};\n`);
        await assert.rejects(migrations.migrate(), {
          message: /^20260103000000_add_roles\.sql: statement 2 .* line 3: /,
        });
        assert.equal((await tables()).includes("roles"), false);
      }
    });

    it("undo the newest first, as many as are asked for", async () => {
      write(ROLES, "-- UP\nCREATE TABLE roles (id INTEGER);\n-- DOWN\nDROP TABLE roles;\n");
      await migrations.migrate();
      assert.deepEqual(await migrations.rollback(), [ROLES]);
      assert.deepEqual(await tables(), ["notes", "users"]);
      assert.deepEqual(await migrations.rollback(2), [NOTES, USERS]);
      assert.deepEqual(await tables(), []);
      assert.deepEqual(await migrations.rollback(), []);
      assert.deepEqual(await migrations.migrate(), [USERS, NOTES, ROLES]);
    });

    it("undo nothing when one of them has no file or no way back", async () => {
      write(USERS, "-- UP\nCREATE TABLE users (id INTEGER);\n-- DOWN\n-- nothing to do\n");
      await migrations.migrate();
      await assert.rejects(migrations.rollback(2), { name: "MigrationError", message: /create_users.*"-- DOWN"/ });
      rmSync(join(folder, USERS));
      await assert.rejects(migrations.rollback(2), { message: /create_users.*missing/ });
      assert.deepEqual(await tables(), ["notes", "users"]);
      for (const steps of [0, -1, 1.5, Number.NaN]) {
        await assert.rejects(migrations.rollback(steps), { name: "MigrationError" });
      }
    });

    it("leave everything as it was when the way back fails", async () => {
      write(NOTES, "-- UP\nCREATE TABLE notes (id INTEGER);\n-- DOWN\nDROP TABLE notes;\nDROP TABLE nowhere;\n");
      await migrations.migrate();
      const message = `${NOTES}: statement 2 under "-- DOWN", line 5: no such table: nowhere`;
      await assert.rejects(migrations.rollback(), { message });
      assert.deepEqual(await tables(), ["notes", "users"]);
      write(NOTES, "-- UP\nCREATE TABLE notes (id INTEGER);\n-- DOWN\nDROP TABLE notes;\n");
      assert.deepEqual(await migrations.rollback(), [NOTES]);
    });
  });
}

describe("Migrations", () => {
  beforeEach(() => setUp());
  afterEach(async () => temporary.close());

  it("tell the state of every migration", async () => {
    rmSync(join(folder, NOTES));
    await migrations.migrate();
    write(NOTES, "-- UP\nSELECT 1;\n");
    const appliedAt = "2026-01-31T12:00:05.007Z";
    assert.deepEqual(await migrations.status(), [
      { name: USERS, state: "applied", appliedAt, isLate: false },
      { name: NOTES, state: "pending", appliedAt: null, isLate: false },
    ]);
    await migrations.migrate();
    write(NOTES, "-- UP\nSELECT 2;\n");
    rmSync(join(folder, USERS));
    assert.deepEqual(await migrations.status(), [
      { name: USERS, state: "missing", appliedAt, isLate: false },
      { name: NOTES, state: "changed", appliedAt, isLate: false },
    ]);
  });

  it("run nothing when an applied one was changed, and say what to do", async () => {
    await migrations.migrate();
    write(USERS, "-- UP\nCREATE TABLE users (id INTEGER);\n-- DOWN\nDROP TABLE users;\n");
    write(ROLES, "-- UP\nCREATE TABLE roles (id INTEGER);\n");
    await assert.rejects(migrations.migrate(), {
      name: "MigrationError",
      message: /create_users.*changed.*roll it back/,
    });
    assert.equal((await tables()).includes("roles"), false);
    rmSync(join(folder, ROLES));
    await migrations.rollback(2);
    assert.deepEqual(await migrations.migrate(), [USERS, NOTES]);
  });

  it("run nothing when one has nothing under UP", async () => {
    write(ROLES, "-- UP\n\n-- DOWN\n");
    await assert.rejects(migrations.migrate(), { name: "MigrationError", message: /add_roles.*"-- UP"/ });
    assert.deepEqual(await tables(), []);
  });

  it("refuse a file whose name would be overlooked, and leave other files alone", async () => {
    write("README.md", "Not a migration.");
    assert.equal((await migrations.status()).length, 2);
    const ends = "-users.sql _Users.sql _users.SQL".split(" ").map((end) => `20260101000000${end}`);
    for (const name of ["create_users.sql", "2026_users.sql", ...ends]) {
      write(name, "-- UP\nSELECT 1;\n");
      await assert.rejects(migrations.status(), { name: "MigrationError", message: new RegExp(`^${name}`) });
      rmSync(join(folder, name));
    }
  });

  it("refuse what is no file, and say which", async () => {
    mkdirSync(join(folder, ROLES));
    const message = `${ROLES}: the file cannot be read (EISDIR).`;
    await assert.rejects(migrations.status(), { name: "MigrationError", message });
    rmSync(join(folder, ROLES), { recursive: true });
    symlinkSync(ROLES, join(folder, ROLES));
    await assert.rejects(migrations.status(), { message: `${ROLES}: the file cannot be read (ELOOP).` });
    rmSync(join(folder, ROLES));
    write("\x1b[2J.sql", "");
    await assert.rejects(migrations.status(), ({ message }: Error) => !message.includes("\x1b"));
  });

  it("take the file that is written for this database, under the name of the one for all", async () => {
    write(
      USERS.replace("sql", "sqlite.sql"),
      "-- UP\nCREATE TABLE people (id INTEGER);\n-- DOWN\nDROP TABLE people;\n",
    );
    write(USERS.replace("sql", "postgres.sql"), "-- UP\nCREATE EXTENSION citext;\n");
    assert.deepEqual(await migrations.migrate(), [USERS, NOTES]);
    assert.deepEqual(await tables(), ["notes", "people"]);
    write(USERS.replace("sql", "sqlite.sql"), "-- UP\nCREATE TABLE people (id INT);\n");
    await assert.rejects(migrations.migrate(), { message: /^20260101000000_create_users\.sqlite\.sql: its UP half/ });
    assert.deepEqual(
      (await migrations.status()).map(({ name, state }) => [name, state]),
      [
        [USERS, "changed"],
        [NOTES, "applied"],
      ],
    );
  });

  it("refuse a migration that says nothing of this database, and one that is not UTF-8", async () => {
    write(ROLES.replace("sql", "postgres.sql"), "-- UP\nSELECT 1;\n");
    const own = "20260103000000_add_roles.sqlite.sql";
    await assert.rejects(migrations.migrate(), {
      name: "MigrationError",
      message: new RegExp(`Write ${own}, or ${ROLES}`),
    });
    writeFileSync(join(folder, ROLES), Buffer.from("-- UP\nSELECT 'caf\xe9';\n", "latin1"));
    await assert.rejects(migrations.migrate(), { message: `${ROLES}: a migration is UTF-8 text.` });
    assert.deepEqual(await tables(), []);
  });

  it("wait for another process no longer than they were told, and say what for", async () => {
    const unlock = await temporary.database.lockMigrations(0);
    const told: unknown[] = [];
    const onProgress = (progress: unknown) => told.push(progress);
    const waiting = new Migrations({ database: temporary.database, folder, waitMilliseconds: 1, onProgress });
    await assert.rejects(waiting.migrate(), {
      name: "MigrationError",
      message: /^Another process migrates this database, and has not ended for 0\.001 seconds: .* Run it again/,
    });
    assert.deepEqual(told, [{ kind: "waiting" }]);
    await assert.rejects(waiting.rollback(), { name: "MigrationError" });
    assert.equal((await waiting.status()).length, 2);
    await unlock();
    assert.deepEqual(await waiting.migrate(), [USERS, NOTES]);
    assert.deepEqual(told.slice(2), [
      { kind: "applied", name: USERS },
      { kind: "applied", name: NOTES },
    ]);
  });

  it("are none when there is no folder", async () => {
    const none = new Migrations({ database: temporary.database, folder: join(folder, "nowhere") });
    assert.deepEqual([await none.status(), await none.migrate(), await none.rollback()], [[], [], []]);
  });

  it("create a file that is named by the time and has both markers", async () => {
    const path = await migrations.create("Create users' Table!");
    assert.equal(basename(path), "20260131120005_create_users_table.sql");
    assert.match(readFileSync(path, "utf8"), /^-- UP\n\n\n-- DOWN\n/);
    assert.deepEqual((await migrations.status()).at(-1)?.state, "pending");
    await assert.rejects(migrations.create("create users table"), { name: "MigrationError", message: /exists/ });
    for (const name of ["", "../..", "é", "a".repeat(101)]) {
      await assert.rejects(migrations.create(name), { name: "MigrationError" });
    }
    const elsewhere = new Migrations({ database: temporary.database, folder: join(folder, "a/b"), now: () => NOON });
    assert.equal(await elsewhere.create("first"), join(folder, "a/b/20260131120005_first.sql"));
  });

  it("refuse options that do not exist", () => {
    const options = { database: temporary.database, folder, dir: "x" };
    assert.throws(() => new Migrations(options), { code: "OPTION_UNKNOWN" });
  });

  it("are applied once each by two processes", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `202602${String(index + 10)}000000_step.sql`);
    for (const [index, name] of names.entries()) {
      write(name, `-- UP\nCREATE TABLE step_${index} (id INTEGER);\nINSERT INTO step_${index} VALUES (1);\n`);
    }
    const run = () => runChild("migrate.ts", [temporary.folder, folder]);
    const children = await Promise.all([run(), run()]);
    for (const { code, errors } of children) {
      assert.deepEqual({ code, errors }, { code: 0, errors: "" });
    }
    const applied = children.flatMap(({ output }) => output.split("\n").filter((line) => line !== ""));
    assert.deepEqual(applied.sort(), [USERS, NOTES, ...names]);
  });

  it("are clean after a process was killed in the middle of one", async () => {
    write(
      ROLES,
      "-- UP\nCREATE TABLE steps (id INTEGER);\nINSERT INTO steps VALUES (1);\nINSERT INTO users VALUES (1, 'x');\n",
    );
    const { signal } = await runChild("migrate.ts", [temporary.folder, folder, "stop"], (output, kill) => {
      if (output.includes("stopped")) {
        kill("SIGKILL");
      }
    });
    assert.equal(signal, "SIGKILL");
    assert.deepEqual(await tables(), ["notes", "users"]);
    assert.deepEqual(await migrations.migrate(), [ROLES]);
    assert.equal((await temporary.database.fetchOne("SELECT count(*) AS n FROM steps"))?.n, 1);
  });
});
