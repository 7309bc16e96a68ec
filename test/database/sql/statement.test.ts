import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type Dialect, MYSQL, POSTGRES, SQLITE } from "../../../src/database/sql/dialect.ts";
import { readStatement } from "../../../src/database/sql/statement.ts";
import { SQLITE_ENGINES, temporaryDatabase } from "../fixtures/sqlite-engines.ts";

describe("readStatement", () => {
  it("counts the placeholders outside strings, names and comments (Q07)", () => {
    const counts: readonly (readonly [string, number, number])[] = [
      ["SELECT ?", 1, 1],
      ["SELECT ?,?+?", 3, 3],
      ["SELECT '?', '''?', 'it''s ?', ''", 0, 0],
      ['SELECT "?" AS "a""?"', 0, 0],
      ["SELECT 1 -- ?\n, ? -- ?", 1, 1],
      ["SELECT /* ? */ ? /*/ ? */ /**/ ? /***/", 2, 2],
      ["SELECT '--', ?, '/*', ?", 2, 2],
      ["SELECT 1 - -?, 2 / ?", 2, 2],
      ["SELECT `?`", 0, 1],
      ["SELECT a[?]", 0, 1],
      ["SELECT /* /* */ ? */", 1, 0],
    ];
    for (const [sql, sqlite, postgres] of counts) {
      assert.equal(readStatement(sql, SQLITE).placeholderCount, sqlite, sql);
      assert.equal(readStatement(sql, POSTGRES).placeholderCount, postgres, sql);
    }
  });

  it("knows the dollar quotes of PostgreSQL", () => {
    assert.equal(
      readStatement("SELECT $$?; '$$, $a$ $$ ? $b$ $a$, ?", POSTGRES).sql,
      "SELECT $$?; '$$, $a$ $$ ? $b$ $a$, $1",
    );
    assert.throws(() => readStatement("SELECT $a$ ? $A$", POSTGRES), { code: "statement", message: /closed/ });
    assert.throws(() => readStatement("SELECT $$?$$", SQLITE), { code: "statement" });
  });

  it("writes the placeholders of the dialect and nothing else anew", () => {
    const sql = "  -- first ?\n SELECT '?', ? /* ? */, ?::int ; -- last";
    assert.equal(readStatement(sql, POSTGRES).sql, "SELECT '?', $1 /* ? */, $2::int");
    assert.equal(readStatement("\uFEFFSELECT ? ;", SQLITE).sql, "SELECT ?");
  });

  it("refuses parameters of any other form, which would stay unbound", () => {
    for (const sql of [
      "SELECT ?1",
      "SELECT ?, ?2",
      "SELECT :name",
      "SELECT @name",
      "SELECT $name",
      "SELECT $1",
      "SELECT #1",
    ]) {
      assert.throws(() => readStatement(sql, SQLITE), { code: "statement", message: /written as \?/ }, sql);
    }
    assert.throws(() => readStatement("SELECT $1", POSTGRES), { code: "statement" });
    assert.equal(readStatement("SELECT a$b, ? 1", SQLITE).placeholderCount, 1);
  });

  it("refuses a quote that is never closed", () => {
    for (const sql of ["SELECT '", "SELECT 'a''", 'SELECT "a', "SELECT `a", "SELECT [a", "SELECT 'a\\' || '"]) {
      assert.throws(() => readStatement(sql, SQLITE), { code: "statement", message: /closed/ }, sql);
    }
  });

  it("refuses what is no text", () => {
    for (const sql of [undefined, null, 1, ["SELECT 1"], { toString: () => "SELECT 1" }, "SELECT 1\0"]) {
      assert.throws(() => readStatement(sql as string, SQLITE), { code: "statement" });
    }
  });

  it("tells what a statement does, and takes for a read only what begins like one", () => {
    const kinds: readonly (readonly [string, string])[] = [
      ["select 1", "read"],
      ["VALUES (1)", "read"],
      ["EXPLAIN DELETE FROM t", "read"],
      ["WITH a AS (SELECT 1) SELECT * FROM a", "read"],
      ["WITH RECURSIVE a(b) AS (VALUES (1)), c AS NOT MATERIALIZED (SELECT 2) SELECT 1", "read"],
      ["/* x */ insert into t values (1)", "insert"],
      ["REPLACE INTO t VALUES (1)", "insert"],
      ["WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a", "insert"],
      ["INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING", "insert"],
      ["INSERT INTO t VALUES (1) ON CONFLICT (a) DO /* x */ UPDATE SET b = 1", "change"],
      ["UPDATE t SET a = 1", "change"],
      ["DELETE FROM t RETURNING *", "change"],
      ['WITH "select" AS (SELECT 1) DELETE FROM t', "change"],
      ["WITH a AS (SELECT 1)", "other"],
      ["CREATE TABLE t (a)", "other"],
      ["PRAGMA table_info(t)", "other"],
      ["\u017Felect 1", "other"],
      ["'select'", "other"],
    ];
    for (const [sql, kind] of kinds) {
      assert.equal(readStatement(sql, SQLITE).kind, kind, sql);
    }
  });

  it("refuses the PRAGMAs that act on the connection, and ATTACH", () => {
    const refused = [
      "PRAGMA foreign_keys = OFF",
      "PRAGMA main.foreign_keys(0)",
      'PRAGMA "foreign_keys" = 0',
      "PRAGMA query_only=0",
      "PRAGMA journal_mode = DELETE",
      "EXPLAIN PRAGMA query_only = 0",
      "explain query plan PRAGMA query_only(0)",
      "PRAGMA",
      "ATTACH 'x.db' AS x",
      "DETACH x",
    ];
    for (const sql of refused) {
      assert.throws(() => readStatement(sql, SQLITE), { code: "statement" }, sql);
    }
    for (const sql of ["PRAGMA table_info(users)", "pragma main.index_list('users')", "PRAGMA user_version = 3"]) {
      assert.equal(readStatement(sql, SQLITE).kind, "other");
    }
  });

  it("notices a question about what happened before on the same connection", () => {
    assert.equal(readStatement("SELECT * FROM t WHERE id = last_insert_rowid ()", SQLITE).needsTransaction, true);
    assert.equal(readStatement("SELECT changes()", SQLITE).needsTransaction, true);
    assert.equal(readStatement("SELECT changes, 'changes()' FROM t", SQLITE).needsTransaction, false);
  });

  it("takes no query that leaves something behind for a read: a setting of the session, a table, a file", () => {
    const leaves = [
      "SELECT set_config('app.tenant', ?, false)",
      "SELECT pg_catalog.Set_Config ('app.tenant', ?, ?)",
      "SELECT set_config('a', 'b', true), set_config('app.tenant', coalesce(?, true), false)",
      "SELECT id INTO TEMP mine FROM users",
      "WITH x AS (SELECT 1) SELECT * INTO mine FROM x",
    ];
    for (const sql of leaves) assert.equal(readStatement(sql, POSTGRES).kind, "other", sql);
    const harmless = [
      "SELECT set_config('app.tenant', coalesce(?, 'none'), TRUE)",
      "SELECT set_config, ' INTO x' FROM t",
      "WITH x AS (INSERT INTO t VALUES (1) RETURNING id) SELECT id FROM x",
    ];
    for (const sql of harmless) assert.equal(readStatement(sql, POSTGRES).kind, "read", sql);
    assert.equal(readStatement("SELECT * FROM t INTO OUTFILE '/tmp/x'", MYSQL).kind, "other");
  });

  it("is as fast for a text that nests and repeats as for any other", () => {
    const hostile = [
      "'".repeat(100_001),
      "/*".repeat(50_000),
      "--\n".repeat(50_000),
      "(".repeat(100_000),
      "$a".repeat(50_000),
    ];
    for (const sql of hostile) {
      for (const dialect of [SQLITE, POSTGRES]) {
        const start = process.hrtime.bigint();
        try {
          readStatement(`SELECT ${sql}`, dialect);
        } catch {}
        assert.ok(process.hrtime.bigint() - start < 1_000_000_000n, sql.slice(0, 4));
      }
    }
  });
});

/** Pieces of SQL, each with the placeholders in it and, as an expression, what SQLite makes of it when each is bound to "v". */
const PIECES: readonly (readonly [string, number, string | null])[] = [
  ["?", 1, "v"],
  ["?||'?'", 1, "v?"],
  ["'it''s ?'", 0, "it's ?"],
  ["'?--'", 0, "?--"],
  ["'/*?'", 0, "/*?"],
  ["''", 0, ""],
  ["/* ? ' */ ?", 1, "v"],
  ["/*/ ? */ NULL /**/", 0, null],
  ["-- ? ' \" [\n ?", 1, "v"],
  ["(SELECT [?] FROM (SELECT 'x' AS [?]))", 0, "x"],
  ['(SELECT "?""?" FROM (SELECT ? AS "?""?"))', 1, "v"],
  ["(SELECT `?'` FROM (SELECT ? AS `?'`))", 1, "v"],
];

describe("the placeholder scanner", () => {
  const pieces = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 12 });

  it("finds in any sequence of pieces the placeholders of each", () => {
    fc.assert(
      fc.property(pieces, (chosen) => {
        const { sql, placeholderCount } = readStatement(`SELECT ${chosen.map(([text]) => text).join(", ")}`, SQLITE);
        assert.equal(placeholderCount, sum(chosen));
        assert.ok(sql.startsWith("SELECT "));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("agrees with a scanner that goes character by character, for any text", () => {
    const unit = fc.constantFrom("?", "'", '"', "`", "[", "]", "-", "/", "*", "\n", "a", " ");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), (text) => {
        const expected = slowCount(`x${text}`);
        const attempt = () => readStatement(`x${text}`, SQLITE).placeholderCount;
        if (expected === "unclosed") {
          assert.throws(attempt, { code: "statement" });
        } else {
          assert.equal(attempt(), expected);
        }
      }),
      { seed: 1, numRuns: 3000 },
    );
  });

  for (const { engine, skip } of SQLITE_ENGINES) {
    it(`agrees with SQLite about which is a placeholder (${engine.name})`, { skip }, async () => {
      const { database, close } = temporaryDatabase(engine);
      await fc.assert(
        fc.asyncProperty(pieces, async (chosen) => {
          const columns = chosen.map(([text], index) => `${text} AS c${index}`).join(", ");
          const row = await database.fetchOne(`SELECT ${columns}`, Array(sum(chosen)).fill("v"));
          assert.deepEqual(
            Object.values(row ?? {}),
            chosen.map(([, , value]) => value),
          );
        }),
        { seed: 1, numRuns: 100 },
      );
      await close();
    });
  }
});

function sum(chosen: readonly (readonly [string, number, string | null])[]): number {
  return chosen.reduce((total, [, count]) => total + count, 0);
}

/** The same rules once more, so plainly that they can be seen to be right. */
function slowCount(text: string, dialect: Dialect = SQLITE): number | "unclosed" {
  let closing = "";
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    if (closing === "") {
      const pair = text.slice(at, at + 2);
      closing = pair === "--" ? "\n" : pair === "/*" ? "*/" : (dialect.quotes[text.charAt(at)] ?? "");
      at += pair === "/*" ? 1 : 0;
      count += text[at] === "?" ? 1 : 0;
    } else if (text.startsWith(closing, at)) {
      at += closing.length - 1;
      closing = "";
    }
  }
  return ["'", '"', "`", "]"].includes(closing) ? "unclosed" : count;
}
