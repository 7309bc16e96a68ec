import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DatabaseError } from "../../src/database/database-error.ts";
import { type DriverUnderTest, OpenedDatabase, STANDARD_SYNTAX } from "./opened-database.ts";

/** What every database keeps about statements, whatever stands behind it. */
export function databaseStatementsContract(driver: DriverUnderTest): void {
  describe(`database statements contract: ${driver.name}`, { skip: driver.skip }, () => {
    const opened = new OpenedDatabase(driver);
    const { insertOrIgnore, insertOrUpdate, insertChosen, tellsIdOfReturning } = driver.syntax ?? STANDARD_SYNTAX;

    describe("reading", () => {
      it("gives all rows, the first row, or null", async () => {
        assert.deepEqual(await opened.database.fetch("SELECT email FROM users"), []);
        assert.equal(await opened.database.fetchOne("SELECT email FROM users"), null);
        await opened.database.insert("users", { email: "a@example.org" });
        await opened.database.insert("users", { email: "b@example.org" });
        assert.deepEqual(await opened.emails(), ["a@example.org", "b@example.org"]);
        const first = await opened.database.fetchOne("SELECT email FROM users ORDER BY email");
        assert.equal(first?.email, "a@example.org");
      });

      it("gives rows without a prototype, whatever a column is called", async () => {
        const [row] = await opened.database.fetch('SELECT 1 AS "__proto__", 2 AS "constructor"');
        assert.ok(row);
        assert.equal(Object.getPrototypeOf(row), null);
        assert.deepEqual(Object.entries(row), [
          ["__proto__", 1],
          ["constructor", 2],
        ]);
      });

      it("sees what was written before, at once", async () => {
        for (let index = 0; index < 50; index++) {
          const { lastId } = await opened.database.insert("users", { email: `${index}@example.org` });
          const row = await opened.database.fetchOne("SELECT email FROM users WHERE id = ?", [lastId]);
          assert.equal(row?.email, `${index}@example.org`);
        }
      });

      it("sees a column that was added since the same text ran last", async () => {
        await opened.database.insert("users", { email: "a@example.org" });
        const before = await opened.database.fetchOne("SELECT * FROM users");
        await opened.database.execute("ALTER TABLE users ADD COLUMN city VARCHAR(9) DEFAULT 'Oslo'");
        const after = await opened.database.fetchOne("SELECT * FROM users");
        assert.deepEqual(Object.keys(after ?? {}), [...Object.keys(before ?? {}), "city"]);
        assert.equal(after?.city, "Oslo");
      });
    });

    describe("writing", () => {
      it("tells the id of an inserted row and how many rows changed", async () => {
        const first = await opened.database.execute("INSERT INTO users (email) VALUES (?)", ["a@example.org"]);
        const second = await opened.database.insert("users", { email: "b@example.org" });
        assert.deepEqual(first, { lastId: 1, affectedRows: 1 });
        assert.deepEqual(second, { lastId: 2, affectedRows: 1 });
        assert.deepEqual(await opened.database.execute("UPDATE users SET age = 1"), { lastId: null, affectedRows: 2 });
        assert.deepEqual(await opened.database.execute("CREATE TABLE others (x BIGINT)"), {
          lastId: null,
          affectedRows: 0,
        });
        assert.deepEqual(await opened.database.execute("DELETE FROM users"), { lastId: null, affectedRows: 2 });
        assert.deepEqual(await opened.database.execute("DELETE FROM users"), { lastId: null, affectedRows: 0 });
      });

      it("tells no id when nothing was inserted, lest it be the one of a stranger's row", async () => {
        await opened.database.insert("users", { email: "a@example.org", name: "Ann" });
        await opened.database.insert("users", { email: "b@example.org" });
        assert.deepEqual(await opened.database.execute(insertOrIgnore, ["a@example.org"]), {
          lastId: null,
          affectedRows: 0,
        });
        assert.deepEqual(await opened.database.execute(insertOrUpdate, ["a@example.org"]), {
          lastId: null,
          affectedRows: 1,
        });
      });

      it("gives the rows of RETURNING to fetch, and writes them", async () => {
        const insert = "INSERT INTO users (email) VALUES (?) RETURNING id, email";
        assert.deepEqual(
          { ...(await opened.database.fetchOne(insert, ["a@example.org"])) },
          { id: 1, email: "a@example.org" },
        );
        assert.equal((await opened.database.fetch(insert, ["b@example.org"])).length, 1);
        const third = await opened.database.execute(insert, ["c@example.org"]);
        assert.deepEqual(third, { lastId: tellsIdOfReturning ? 3 : null, affectedRows: 1 });
        const several = "INSERT INTO users (email) VALUES ('d@example.org'), ('e@example.org') RETURNING id";
        assert.equal((await opened.database.fetchOne(several))?.id, 4);
        assert.equal((await opened.emails()).length, 5);
      });

      it("recognises a write behind a common table expression", async () => {
        assert.equal((await opened.database.execute(insertChosen)).affectedRows, 1);
        const read = "WITH chosen AS (SELECT email FROM users) SELECT email FROM chosen";
        assert.equal((await opened.database.fetchOne(read))?.email, "a@example.org");
      });

      it("inserts, updates and deletes rows by their columns", async () => {
        await opened.database.insert("users", { email: "a@example.org", name: null });
        await opened.database.insert("users", { email: "b@example.org", name: "Bea" });
        assert.equal((await opened.database.update("users", { name: "Ann", age: 30 }, { name: null })).affectedRows, 1);
        assert.equal(
          (await opened.database.update("users", { age: 31 }, { name: "Ann", email: "b@example.org" })).affectedRows,
          0,
        );
        const ann = await opened.database.fetchOne("SELECT email, age FROM users WHERE name = 'Ann'");
        assert.deepEqual({ ...ann }, { email: "a@example.org", age: 30 });
        assert.equal((await opened.database.delete("users", { name: "Ann" })).affectedRows, 1);
        assert.deepEqual(await opened.emails(), ["b@example.org"]);
      });

      it("refuses to write no column, or to every row by an empty condition", async () => {
        await opened.database.insert("users", { email: "a@example.org" });
        await assert.rejects(opened.database.insert("users", {}), { code: "statement" });
        await assert.rejects(opened.database.update("users", {}, { id: 1 }), { code: "statement" });
        await assert.rejects(opened.database.update("users", { name: "x" }, {}), { code: "statement" });
        await assert.rejects(opened.database.delete("users", {}), { code: "statement" });
        await assert.rejects(opened.database.delete("users", Object(null)), { code: "statement" });
        assert.deepEqual(await opened.emails(), ["a@example.org"]);
      });

      it("never takes the unknown column of a condition for a text that equals itself", async () => {
        await opened.database.insert("users", { email: "a@example.org" });
        await assert.rejects(opened.database.delete("users", { typo: "typo" }), { code: "failed" });
        await assert.rejects(opened.database.update("users", { name: "x" }, { typo: "typo" }), { code: "failed" });
        assert.deepEqual(await opened.emails(), ["a@example.org"]);
      });
    });

    describe("statements", () => {
      it("need exactly one value for each placeholder (Q07)", async () => {
        await opened.database.insert("users", { email: "a?" });
        const inQuotes = "SELECT email FROM users WHERE email = 'a?' /* ? */ AND email = ? -- ?";
        assert.equal((await opened.database.fetch(inQuotes, ["a?"])).length, 1);
        for (const values of [[], ["a?", "a?"]]) {
          await assert.rejects(opened.database.fetch(inQuotes, values), { code: "statement" });
        }
        await assert.rejects(opened.database.fetch("SELECT ?", "a" as unknown as string[]), { code: "statement" });
        await assert.rejects(opened.database.fetch("SELECT ?", { length: 1, 0: "a" } as unknown as string[]), {
          code: "statement",
        });
      });

      it("come one at a time, and may end with a semicolon", async () => {
        assert.equal((await opened.database.fetch("SELECT ';' AS x; ; -- the end;\n/* ; */ ;")).length, 1);
        for (const sql of [
          "SELECT 1; DELETE FROM users",
          "SELECT 1; --\nSELECT 2",
          "",
          " ;",
          "-- SELECT 1",
          "/* SELECT 1",
        ]) {
          await assert.rejects(opened.database.execute(sql), { code: "statement" });
        }
      });

      it("never change the connection for the next one", async () => {
        for (const sql of ["BEGIN", "commit", "ROLLBACK", "/* x */ SAVEPOINT a", "RELEASE a", "end;"]) {
          await assert.rejects(opened.database.execute(sql), { code: "statement", message: /transaction\(\)/ });
        }
      });

      it("name tables and columns by letters, digits and underscores only", async () => {
        for (const name of [
          "a) VALUES (1);--",
          '"a"',
          "`",
          "“a”",
          "",
          "1a",
          "a b",
          "a.b",
          "ａ",
          "a".repeat(64),
          "x\0",
        ]) {
          await assert.rejects(opened.database.insert(name, { email: "x" }), { code: "statement" });
          await assert.rejects(opened.database.insert("users", { [name]: "x" }), { code: "statement" });
          await assert.rejects(opened.database.update("users", { [name]: "x" }, { id: 1 }), { code: "statement" });
          await assert.rejects(opened.database.update("users", { name: "x" }, { [name]: 1 }), { code: "statement" });
          await assert.rejects(opened.database.delete("users", { [name]: 1 }), { code: "statement" });
        }
        await opened.database.execute('CREATE TABLE "order" ("group" BIGINT)');
        assert.equal((await opened.database.insert("order", { group: 1 })).affectedRows, 1);
      });
    });

    describe("errors", () => {
      it("say by a code which rule of a table was broken", async () => {
        await opened.database.insert("users", { email: "a@example.org" });
        await opened.database.insert("notes", { user_id: 1, text: "x" });
        const broken: readonly (readonly [string, () => Promise<unknown>])[] = [
          ["unique", () => opened.database.insert("users", { email: "a@example.org" })],
          ["unique", () => opened.database.insert("users", { id: 1, email: "c@example.org" })],
          ["not_null", () => opened.database.insert("users", { email: null })],
          ["check", () => opened.database.insert("users", { email: "b@example.org", age: -1 })],
          ["foreign_key", () => opened.database.insert("notes", { user_id: 999 })],
          ["foreign_key", () => opened.database.delete("users", { id: 1 })],
          ["failed", () => opened.database.fetch("SELECT * FROM nowhere")],
          ["failed", () => opened.database.execute("SELEC 1")],
        ];
        for (const [code, attempt] of broken) {
          await assert.rejects(attempt(), { name: "DatabaseError", code });
        }
        assert.deepEqual(await opened.emails(), ["a@example.org"]);
      });

      it("keep the driver's own error as the cause and tell nothing of it", async () => {
        await opened.database.insert("users", { email: "secret@example.org" });
        const error = await opened.database
          .insert("users", { email: "secret@example.org" })
          .catch((thrown: unknown) => thrown);
        assert.ok(error instanceof DatabaseError && error.cause instanceof Error);
        assert.doesNotMatch(error.message, /users|email|secret|INSERT/);
        assert.equal("status" in error, false);
      });

      it("of one among parallel writers leave the others alone", async () => {
        const attempts = Array.from({ length: 20 }, () => opened.database.insert("users", { email: "a@example.org" }));
        const outcomes = await Promise.allSettled(attempts);
        assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
        const codes = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason.code] : []));
        assert.deepEqual(new Set(codes), new Set(["unique"]));
      });
    });
  });
}
