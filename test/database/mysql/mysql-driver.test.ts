import assert from "node:assert/strict";
import { after, afterEach, beforeEach, describe, it } from "node:test";
import type { Database } from "../../../src/database/database.ts";
import { startMariadb } from "./mariadb-server.ts";
import { type OpenedMysql, openMysql } from "./opened-mysql.ts";

const server = await startMariadb();
after(async () => typeof server === "string" || server.stop());

describe("MysqlDriver", { skip: typeof server === "string" && server }, () => {
  let opened: OpenedMysql;
  let database: Database;

  beforeEach(async () => {
    if (typeof server === "string") throw new Error(server);
    opened = await openMysql(server, 2);
    ({ database } = opened);
  });
  afterEach(async () => opened.close());

  describe("values", () => {
    const read = async (expression: string) => (await database.fetchOne(`SELECT ${expression} AS x`))?.x;

    it("come back without a loss: as text, where no JavaScript value holds them", async () => {
      const expected: readonly (readonly [string, unknown])[] = [
        ["TRUE", 1],
        ["9007199254740991", 2 ** 53 - 1],
        ["9007199254740993", 9007199254740993n],
        ["-9007199254740993", -9007199254740993n],
        ["18446744073709551615", 18446744073709551615n],
        ["0.5e0", 0.5],
        ["CAST(1.10 AS DECIMAL(30, 2))", "1.10"],
        ["CAST('12345678901234567890.1' AS DECIMAL(30, 1))", "12345678901234567890.1"],
        ["DATE '2026-01-31'", "2026-01-31"],
        ["TIME '-120:30:01'", "-120:30:01"],
        ["TIMESTAMP '2026-01-31 09:30:00'", "2026-01-31 09:30:00"],
        ["TIMESTAMP '2026-01-31 09:30:00.123456'", "2026-01-31 09:30:00.123456"],
        [`JSON_COMPACT('{"a": 12345678901234567890}')`, '{"a":12345678901234567890}'],
        ["x'00FF'", new Uint8Array([0, 255])],
        ["b'101'", new Uint8Array([5])],
        ["NULL", null],
      ];
      for (const [expression, value] of expected) assert.deepEqual(await read(expression), value, expression);
      assert.ok((await read("POINT(1, 2)")) instanceof Uint8Array);
    });

    it("are stored in columns of any type that they fit into", async () => {
      await database.execute(
        "CREATE TABLE t (b BOOLEAN, n DECIMAL(20, 2), z TIMESTAMP(3) NULL, j JSON, x BLOB, y YEAR, d DOUBLE, e ENUM('1', '0'))",
      );
      const z = new Date(1_234_567_890_120).toISOString().slice(0, -1);
      const row = { b: true, n: 12, z, j: '{"a": 1}', x: new Uint8Array([92, 120]), y: 2026, d: 1e300, e: 0 };
      await database.insert("t", row);
      const stored = { ...row, b: 1, n: "12.00", z: z.replace("T", " "), e: "0" };
      assert.deepEqual({ ...(await database.fetchOne("SELECT * FROM t")) }, stored);
      assert.equal(
        (await database.fetch("SELECT 1 FROM t WHERE b = ? AND z = ? AND d = ?", [true, z, 1e300])).length,
        1,
      );
      assert.equal((await database.fetch("SELECT 1 FROM t LIMIT ? OFFSET ?", [1, 0])).length, 1);
    });

    it("that do not fit are refused by the column, and none is cut off (W15)", async () => {
      await database.execute(
        "CREATE TABLE t (s VARCHAR(3), i SMALLINT, d DATE, n DECIMAL(3, 1), l VARCHAR(3) CHARSET latin1)",
      );
      for (const row of [{ s: "long" }, { i: 40_000 }, { i: "x" }, { d: "never" }, { d: "0000-00-00" }, { l: "日" }]) {
        await assert.rejects(database.insert("t", row), { name: "DatabaseValueError", status: 400, code: "value" });
      }
      const larger = database.fetch("SELECT LENGTH(?)", ["x".repeat(2 ** 24)]); // than a packet may be
      await assert.rejects(larger, { name: "DatabaseValueError", code: "value" });
      assert.deepEqual(await database.fetch("SELECT * FROM t"), []);
    });

    it("equal a text only where they are written like it: 0 and false are no master key", async () => {
      await database.execute("CREATE TABLE users (id BIGINT PRIMARY KEY, token VARCHAR(40))");
      await database.insert("users", { id: 2n ** 60n, token: "f3a9secret" });
      await database.insert("users", { id: 2n ** 60n + 1n, token: "12e1" });
      for (const guess of [0, false, 120, true, 12]) {
        assert.deepEqual(await database.fetch("SELECT * FROM users WHERE token = ?", [guess]), []);
        assert.equal((await database.delete("users", { token: guess })).affectedRows, 0);
      }
      assert.equal((await database.fetch("SELECT id FROM users WHERE id = ?", [2n ** 60n])).length, 1);
      assert.equal((await database.fetch("SELECT id FROM users WHERE id IN (?, ?)", [2n ** 60n, 1])).length, 1);
    });
  });

  describe("lastId and affectedRows", () => {
    it("are those of the row, whatever a trigger inserts elsewhere", async () => {
      await database.execute("CREATE TABLE logs (id BIGINT AUTO_INCREMENT PRIMARY KEY, what TEXT)");
      await database.execute("CREATE TABLE users (id BIGINT AUTO_INCREMENT PRIMARY KEY, email VARCHAR(9) UNIQUE)");
      await database.execute("INSERT INTO logs (what) VALUES ('a'), ('b'), ('c')");
      await database.execute(
        "CREATE TRIGGER log AFTER INSERT ON users FOR EACH ROW BEGIN INSERT INTO logs (what) VALUES (NEW.email); END",
      );
      assert.equal((await database.insert("users", { email: "a" })).lastId, 1);
      assert.equal((await database.insert("users", { email: "b" })).lastId, 2);
      assert.equal((await database.insert("users", { id: 77, email: "c" })).lastId, 77);
      assert.equal((await database.insert("users", { id: 2n ** 60n, email: "d" })).lastId, 2n ** 60n);
    });

    it("count a row once, and tell no id where there are several, or none", async () => {
      await database.execute("CREATE TABLE t (id BIGINT AUTO_INCREMENT PRIMARY KEY, n BIGINT UNIQUE)");
      const run = (sql: string) => database.execute(sql);
      assert.deepEqual(await run("INSERT INTO t (n) VALUES (1), (2)"), { lastId: null, affectedRows: 2 });
      assert.deepEqual(await run("REPLACE INTO t (id, n) VALUES (1, 3)"), { lastId: 1, affectedRows: 1 });
      assert.deepEqual(await run("REPLACE INTO t (id, n) VALUES (1, 3), (2, 2)"), { lastId: null, affectedRows: 2 });
      assert.deepEqual(await run("INSERT IGNORE INTO t (n) VALUES (3), (4)"), { lastId: null, affectedRows: 1 });
      const upsert = "INSERT INTO t (n) VALUES (3), (5) ON DUPLICATE KEY UPDATE id = 9";
      assert.deepEqual(await run(upsert), { lastId: null, affectedRows: 2 });
      assert.deepEqual(await run("UPDATE t SET n = n WHERE id = 9"), { lastId: null, affectedRows: 1 });
      assert.deepEqual(await run("DELETE FROM t WHERE n > 3 RETURNING n"), { lastId: null, affectedRows: 2 });
      await run("CREATE TABLE plain (n INTEGER)");
      assert.deepEqual(await database.insert("plain", { n: 1 }), { lastId: null, affectedRows: 1 });
    });
  });

  describe("statements", () => {
    it("are read by the server as we read them, however it is configured", async () => {
      const tricky = String.raw`SELECT '\' AS "a", ? AS b, '\' || 'x' AS c -- ?`;
      assert.deepEqual({ ...(await database.fetchOne(tricky, ["Zoë"])) }, { a: "\\", b: "Zoë", c: "\\x" });
      const session = await database.fetchOne("SELECT NOW() = UTC_TIMESTAMP() AS isUtc, 5--1 AS six # ?");
      assert.deepEqual({ ...session }, { isUtc: 1, six: 6 });
    });

    it("leave nothing behind on the connection for the next one", async () => {
      const refused = [
        "SET sql_mode = ''",
        "set session x = 1",
        "SET LOCAL x = 1",
        "SET @x = 1",
        "USE mysql",
        "XA START 'x'",
      ];
      for (const sql of [
        ...refused,
        "LOCK TABLES t READ",
        "SELECT @x := 1",
        "SELECT GET_LOCK('x', 1)",
        "DELIMITER //",
      ]) {
        await assert.rejects(database.execute(sql), { code: "statement" }, sql);
      }
      await assert.rejects(database.fetch("SELECT LAST_INSERT_ID()"), { code: "statement", message: /transaction/ });
      await database.execute("CREATE TEMPORARY TABLE secrets (n INT)");
      await assert.rejects(database.fetch("SELECT * FROM secrets"), { code: "failed" });
    });

    it("are prepared without end, and the server keeps a bounded number", async () => {
      for (let n = 0; n < 250; n++) await database.fetchOne(`SELECT ${n} AS x, ? AS y`, [n]);
      const prepared = await database.fetchOne("SHOW GLOBAL STATUS LIKE 'Prepared_stmt_count'");
      assert.ok(Number(prepared?.Value) <= 200, String(prepared?.Value));
    });

    it("may call a procedure, whose first rows count", async () => {
      await database.execute("CREATE PROCEDURE two() BEGIN SELECT 1 AS a; SELECT 2 AS b; END");
      assert.deepEqual(
        (await database.fetch("CALL two()")).map((row) => ({ ...row })),
        [{ a: 1 }],
      );
    });
  });
});
