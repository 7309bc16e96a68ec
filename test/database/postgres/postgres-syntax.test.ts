import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import fc from "fast-check";
import { POSTGRES } from "../../../src/database/sql/dialect.ts";
import { splitStatements } from "../../../src/database/sql/split-statements.ts";
import { readStatement } from "../../../src/database/sql/statement.ts";
import { type OpenedPostgres, openPostgres } from "./opened-postgres.ts";
import { startPostgres } from "./postgres-server.ts";

/** Pieces of SQL, each with the placeholders in it and what PostgreSQL makes of it as an expression when each is bound to "v". */
const PIECES: readonly (readonly [sql: string, placeholders: number, value: string | null])[] = [
  ["?::text", 1, "v"],
  ["?||'?'", 1, "v?"],
  ["'it''s ?'", 0, "it's ?"],
  [String.raw`'\'`, 0, "\\"],
  [String.raw`E'\'?'||?`, 1, "'?v"],
  [String.raw`e'a''\\'||?`, 1, "a'\\v"],
  [`E'a'  -- ' ?\n \t\r 'b\\'?' || ?`, 1, "ab'?v"],
  [`'a'\n'b\\'`, 0, "ab\\"],
  [String.raw`U&'d\0061t''? \\'`, 0, "dat'? \\"],
  [`(SELECT U&"?\\0061" FROM (SELECT ? AS "?a") x)::text`, 1, "v"],
  ["B'01'::text", 0, "01"],
  ["$$?'$$||?", 1, "?'v"],
  ["$a$ $$ ? $b$ $A$ $a$", 0, " $$ ? $b$ $A$ "],
  ["(SELECT a$b$ FROM (SELECT ? AS a$b$) x)::text", 1, "v"],
  ["/* ? ' /* ? */ ? */ ?::text", 1, "v"],
  ["-- ? ' \" $$ \n ?::text", 1, "v"],
  ["-- ?\r ?::text", 1, "v"],
  ["NULL::text /*/ ? */ /**/", 0, null],
  ['(SELECT "?""?" FROM (SELECT ? AS "?""?") x)::text', 1, "v"],
  ["CASE WHEN 'v'LIKE?THEN 'y' END", 1, "y"],
];

const server = await startPostgres();
after(async () => typeof server === "string" || server.stop());

describe("SQL as PostgreSQL reads it", { skip: typeof server === "string" && server }, () => {
  const opened: Promise<OpenedPostgres> | undefined = typeof server === "string" ? undefined : openPostgres(server, 1);
  after(async () => (await opened)?.close());
  const pieces = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 12 });

  it("has the same placeholders, strings and comments", async () => {
    const database = (await opened)?.database;
    await fc.assert(
      fc.asyncProperty(pieces, async (chosen) => {
        const columns = chosen.map(([text], index) => `${text} AS c${index}`).join(", ");
        const count = chosen.reduce((total, [, placeholders]) => total + placeholders, 0);
        const row = await database?.fetchOne(`SELECT ${columns}`, Array(count).fill("v"));
        assert.deepEqual(
          Object.values(row ?? {}),
          chosen.map(([, , value]) => value),
        );
      }),
      { seed: 1, numRuns: 150, examples: PIECES.map((piece) => [[piece]]) },
    );
  });

  it("ends its statements at the same semicolons", () => {
    for (const [text] of PIECES) {
      const statement = `SELECT ${text} AS x`;
      const parts = splitStatements(`${statement}; ${statement};`, POSTGRES);
      assert.equal(parts.length, 2, text);
    }
  });
});

describe("readStatement for PostgreSQL", () => {
  it("never shifts values where ? is an operator: their number does not fit", async () => {
    for (const [sql, placeholderCount] of [
      ["SELECT data ? 'a' FROM t WHERE id = ?", 2],
      ["SELECT data ?| array['a'] FROM t", 1],
      ["SELECT data ?? 'a' FROM t", 2],
    ] as const) {
      assert.equal(readStatement(sql, POSTGRES).placeholderCount, placeholderCount);
    }
  });

  it("refuses an escape string that is never closed", () => {
    for (const sql of [String.raw`SELECT E'\'`, String.raw`SELECT E'a' || e'\'`, "SELECT E'a'\n'b\\'"]) {
      assert.throws(() => readStatement(sql, POSTGRES), { code: "statement", message: /closed/ }, sql);
    }
  });

  it("keeps a placeholder apart from the words beside it", () => {
    assert.equal(readStatement("SELECT a LIKE?OR b=?AND c", POSTGRES).sql, "SELECT a LIKE $1 OR b=$2 AND c");
  });

  it("knows where an INSERT goes", () => {
    const insertions: readonly (readonly [string, string | undefined, boolean])[] = [
      ["INSERT INTO users (a) VALUES (?)", "users", false],
      ['insert into Public . "it""s" as x select 1 returning *', 'Public."it""s"', true],
      ["WITH a AS (INSERT INTO b VALUES (1) RETURNING c) INSERT INTO d SELECT * FROM a", "d", false],
      ["INSERT INTO a DEFAULT VALUES", "a", false],
      ["INSERT INTO a (returning) VALUES (1)", "a", false],
      ["INSERT 1", undefined, false],
    ];
    for (const [sql, table, hasReturning] of insertions) {
      const { insertion } = readStatement(sql, POSTGRES);
      assert.deepEqual(insertion, table === undefined ? undefined : { table, hasReturning }, sql);
    }
    assert.equal(
      readStatement("INSERT INTO a VALUES (1) ON CONFLICT (b) DO UPDATE SET c = 1", POSTGRES).insertion,
      undefined,
    );
  });

  it("is as fast for escape strings and comments between them as for any other text", () => {
    for (const part of ["E'a'\n", "E'\\\\'--\n", "'a'--\n", "E'' -- -- -- -- -- ", "\n--"]) {
      const start = process.hrtime.bigint();
      try {
        readStatement(`SELECT E'x' ${part.repeat(20_000)}`, POSTGRES);
      } catch {}
      assert.ok(process.hrtime.bigint() - start < 1_000_000_000n, part);
    }
  });
});
