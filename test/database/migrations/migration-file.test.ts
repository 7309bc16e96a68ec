import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readMigration } from "../../../src/database/migrations/migration-file.ts";
import { MYSQL, POSTGRES, SQLITE } from "../../../src/database/sql/dialect.ts";

const NAMES = { name: "20260101000000_x.sql", file: "20260101000000_x.sql" };
const read = (content: string) => readMigration(NAMES, content, SQLITE);

describe("readMigration", () => {
  it("takes the statements of each half, and knows their lines", () => {
    const { up, down } = read(
      "-- Users and their names.\n\n-- UP\nCREATE TABLE users (\n  id INTEGER\n);\n\n-- an index;\nCREATE INDEX i ON users (id);\n-- DOWN\n\nDROP TABLE users; DROP TABLE x",
    );
    const placed = (half: typeof up) => half.map(({ sql, line }) => [line, sql]);
    assert.deepEqual(placed(up), [
      [4, "CREATE TABLE users (\n  id INTEGER\n)"],
      [9, "CREATE INDEX i ON users (id)"],
    ]);
    assert.deepEqual(placed(down), [
      [12, "DROP TABLE users"],
      [12, "DROP TABLE x"],
    ]);
  });

  it("finds its markers on a line of their own, in any case and order, and nowhere else", () => {
    const { up, down } = read(
      "--down\n DROP TABLE t;\n  --  Up  \nINSERT INTO t VALUES ('\n-- DOWN\n'); -- UP\nSELECT 1 /*\n-- DOWN\n*/",
    );
    assert.deepEqual(
      up.map(({ sql }) => sql),
      ["INSERT INTO t VALUES ('\n-- DOWN\n')", "SELECT 1"],
    );
    assert.deepEqual(
      down.map(({ sql }) => sql),
      ["DROP TABLE t"],
    );
  });

  it("reads a file of many rows in the time that its length takes", () => {
    const rows = 40_000;
    const content = `-- UP\n${`INSERT INTO t VALUES ('${"x".repeat(80)}');\n`.repeat(rows)}`;
    const start = process.cpuUsage();
    assert.equal(read(content).up.at(-1)?.line, rows + 1);
    assert.ok(process.cpuUsage(start).user < 8_000_000);
  });

  it("may have an empty half, or no DOWN", () => {
    assert.deepEqual([read("-- UP\n\n-- DOWN\n").up, read("-- UP\nSELECT 1").down], [[], []]);
  });

  it("takes a marker inside of a statement for the comment that it is", () => {
    const table = "CREATE TABLE moves (\n-- up\ny INTEGER,\n-- down\nx INTEGER)";
    const trigger = "CREATE TRIGGER t AFTER INSERT ON moves BEGIN\n-- DOWN\nDELETE FROM moves;\n-- DOWN\nEND";
    const { up, down } = read(`-- UP\n${table};\n${trigger}\n-- DOWN\nDROP TABLE moves`);
    assert.deepEqual(
      up.map(({ text }) => text),
      [table, trigger],
    );
    assert.deepEqual(down.length, 1);
    const quoted = "CREATE FUNCTION f() RETURNS int AS $$\n-- DOWN\n$$ LANGUAGE sql";
    assert.deepEqual(readMigration(NAMES, `-- UP\n${quoted}`, POSTGRES).up[0]?.text, quoted);
  });

  it("never counts what stands behind a statement that does not end to the other half", () => {
    for (const open of ["CREATE TABLE t (a", "CREATE TRIGGER t AFTER INSERT ON u BEGIN SELECT 1;", "SELECT 'a"]) {
      const { up, down } = read(`-- UP\n${open}\n-- DOWN\nDROP TABLE t;\nDROP TABLE u`);
      assert.equal(down.length, 0);
      assert.ok(up[0]?.text.startsWith(open));
    }
  });

  it("refuses a comment that is never closed and hides the rest", () => {
    const message = "20260101000000_x.sql: the comment in line 2 is never closed.";
    assert.throws(() => read("-- UP\nSELECT 1 /*;\n-- DOWN\nSELECT 2"), { name: "MigrationError", message });
    assert.throws(() => read("-- UP\nSELECT 1; /*/"), { message });
  });

  it("teaches how to write one when there is no UP, a marker comes twice, or a statement stands in front", () => {
    const faults: readonly (readonly [string, RegExp])[] = [
      ["", /once each\.$/],
      ["CREATE TABLE t (a)", /once each\.$/],
      ["-- DOWN\nDROP TABLE t", /once each\.$/],
      ["-- UPWARDS\nSELECT 1", /once each\.$/],
      ["/*\n-- UP\n*/", /once each\.$/],
      ["-- UP\nSELECT 1;\n-- UP\nSELECT 2", /line 3 repeats "-- UP"\.$/],
      ["-- UP\n-- DOWN\n-- DOWN", /line 3 repeats "-- DOWN"\.$/],
      ["-- NO TRANSACTION\n-- no transaction\n-- UP\n", /line 2 repeats "-- NO TRANSACTION"\.$/],
      ["\nSELECT 1;\n-- UP\nSELECT 2", /the statement in line 2 stands above them\.$/],
    ];
    for (const [content, lesson] of faults) {
      assert.throws(() => read(content), { name: "MigrationError", message: /^20260101000000_x\.sql: write "-- UP",/ });
      assert.throws(() => read(content), { message: lesson });
    }
    const delimiter = "-- UP\nDELIMITER //\nCREATE PROCEDURE p() BEGIN END//";
    assert.throws(() => readMigration(NAMES, delimiter, MYSQL), {
      message: /line 2: DELIMITER is a command of the mysql/,
    });
  });

  it("does without a transaction only where it says so at its top, on a database that needs it", () => {
    const concurrently = "--  no transaction \n-- UP\nCREATE INDEX CONCURRENTLY i ON t (a);\n";
    assert.equal(readMigration(NAMES, concurrently, POSTGRES).isTransactional, false);
    assert.equal(readMigration(NAMES, concurrently, MYSQL).isTransactional, false);
    assert.equal(readMigration(NAMES, "-- UP\nSELECT 1", POSTGRES).isTransactional, true);
    assert.equal(readMigration(NAMES, "-- UP\nSELECT 1", MYSQL).isTransactional, false);
    assert.throws(() => read(concurrently), { message: /SQLite needs no "-- NO TRANSACTION"/ });
    const late = "-- UP\nSELECT 1;\n-- NO TRANSACTION\n-- DOWN\n";
    assert.throws(() => readMigration(NAMES, late, POSTGRES), { message: /stands above "-- UP"/ });
    const within = "-- UP\nSELECT '\n-- NO TRANSACTION\n'";
    assert.equal(readMigration(NAMES, within, POSTGRES).isTransactional, true);
  });

  it("names a numbering column as the database does, and has the same checksum everywhere", () => {
    const content =
      "-- UP\nCREATE TABLE t (id integer primary key autoincrement, note TEXT DEFAULT 'INTEGER PRIMARY KEY AUTOINCREMENT');";
    const read = [SQLITE, POSTGRES, MYSQL].map((dialect) => readMigration(NAMES, content, dialect));
    assert.deepEqual(
      read.map(({ up }) => up[0]?.sql.split(",")[0]),
      [
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT",
        "CREATE TABLE t (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
        "CREATE TABLE t (id BIGINT AUTO_INCREMENT PRIMARY KEY",
      ],
    );
    assert.ok(read.every(({ up }) => up[0]?.sql.endsWith("DEFAULT 'INTEGER PRIMARY KEY AUTOINCREMENT')")));
    assert.equal(new Set(read.map(({ checksum }) => checksum)).size, 1);
  });

  it("has a checksum of what UP runs: not of comments around it, line ends, or DOWN", () => {
    const { checksum } = read("-- UP\nCREATE TABLE t (\na);\nSELECT 1;\n");
    const same =
      "\uFEFF-- note\r\n-- UP\r\n-- another\r\n\r\nCREATE TABLE t (\r\na); SELECT 1\r\n-- DOWN\r\nDROP TABLE t;\r\n";
    assert.equal(read(same).checksum, checksum);
    assert.equal(read("\uFEFF-- UP\r\nCREATE TABLE t (\r\na);\r\nSELECT 1;\r\n").checksum, checksum);
    assert.match(checksum, /^[0-9a-f]{64}$/);
    assert.notEqual(read("-- UP\nCREATE TABLE t (\nb);\nSELECT 1;\n").checksum, checksum);
    assert.notEqual(read("-- UP\nCREATE TABLE t (\na);\n").checksum, checksum);
  });
});
