import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MYSQL } from "../../../src/database/sql/dialect.ts";
import { splitStatements } from "../../../src/database/sql/split-statements.ts";
import { readStatement } from "../../../src/database/sql/statement.ts";

const placeholders = (sql: string) => readStatement(sql, MYSQL).placeholderCount;

describe("SQL of MySQL", () => {
  it("has placeholders outside strings, quoted names and comments only", () => {
    for (const [sql, count] of [
      ["SELECT '?', \"?\", `?`, ?", 1],
      [String.raw`SELECT '\', ?, '\'`, 1],
      ["SELECT 1 # ?\n + ?", 1],
      ["SELECT 1 -- ?\n + ?", 1],
      ["SELECT 1 --\t?", 0],
      ["SELECT 1 --", 0],
      ["SELECT 5--?", 1],
      ["SELECT 5--\u00A0?", 1],
      ["SELECT /* /* ? */ ?", 1],
      ["SELECT /*+ MAX_EXECUTION_TIME(1000) */ ?", 1],
    ] as const) {
      assert.equal(placeholders(sql), count, sql);
    }
  });

  it("is refused where a comment may be code", () => {
    const comments = [
      "/*! ? */",
      "/*!50000 ; */",
      "/*M! ? */",
      "/*M!100100 x */",
      "/*!",
      "/*+ SET_VAR(x = '*/ ? /*') */",
    ];
    for (const comment of comments) {
      assert.throws(() => placeholders(`SELECT ? ${comment}`), { code: "statement", message: /comment/ }, comment);
    }
    assert.equal(placeholders("SELECT '/*! ? */', ? -- /*! ?"), 1);
  });

  it("ends at a semicolon, but not in a body", () => {
    const trigger =
      "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN IF NEW.n = ';' THEN SET NEW.n = 1; END IF; END";
    const parts = splitStatements(`${trigger}; SELECT 1 # ;\n; SELECT ';'`, MYSQL);
    assert.equal(parts.length, 3);
  });

  it("counts an INSERT that may update as a change, whose id nobody knows", () => {
    const upsert = "INSERT INTO t (n) VALUES (1) ON DUPLICATE KEY UPDATE n = 2";
    assert.deepEqual(
      [readStatement(upsert, MYSQL).kind, readStatement("REPLACE t SET n = 1", MYSQL).kind],
      ["change", "insert"],
    );
  });
});
