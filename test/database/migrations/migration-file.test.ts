import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readMigration } from "../../../src/database/migrations/migration-file.ts";
import { SQLITE } from "../../../src/database/sql/dialect.ts";

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

  it("may have an empty half, or no DOWN", () => {
    assert.deepEqual([read("-- UP\n\n-- DOWN\n").up, read("-- UP\nSELECT 1").down], [[], []]);
  });

  it("teaches how to write one when there is no UP, a marker comes twice, or a statement stands in front", () => {
    for (const content of [
      "",
      "CREATE TABLE t (a)",
      "-- DOWN\nDROP TABLE t",
      "-- UP\nSELECT 1;\n-- UP\nSELECT 2",
      "-- UP\n-- DOWN\n-- DOWN",
      "SELECT 1;\n-- UP\nSELECT 2",
      "-- UPWARDS\nSELECT 1",
      "/*\n-- UP\n*/",
    ]) {
      assert.throws(() => read(content), { name: "MigrationError", message: /^20260101000000_x\.sql: write "-- UP",/ });
    }
  });

  it("has a checksum of what UP runs: not of comments around it, line ends, or DOWN", () => {
    const { checksum } = read("-- UP\nCREATE TABLE t (\na);\nSELECT 1;\n");
    const same =
      "\uFEFF-- note\r\n-- UP\r\n-- another\r\n\r\nCREATE TABLE t (\r\na); SELECT 1\r\n-- DOWN\r\nDROP TABLE t;\r\n";
    assert.equal(read(same).checksum, checksum);
    assert.match(checksum, /^[0-9a-f]{64}$/);
    assert.notEqual(read("-- UP\nCREATE TABLE t (\nb);\nSELECT 1;\n").checksum, checksum);
    assert.notEqual(read("-- UP\nCREATE TABLE t (\na);\n").checksum, checksum);
  });
});
