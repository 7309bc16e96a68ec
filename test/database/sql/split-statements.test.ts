import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import Libsql from "libsql";
import { type Dialect, MYSQL, POSTGRES, SQLITE } from "../../../src/database/sql/dialect.ts";
import { splitStatements } from "../../../src/database/sql/split-statements.ts";

const DIALECTS = [SQLITE, POSTGRES, MYSQL];

const split = (sql: string, dialect: Dialect = SQLITE) =>
  splitStatements(sql, dialect).map(({ start, end }) => sql.slice(start, end));

/** Each of them is one statement, also between others, in small letters, and where its semicolons end lines. */
function assertEachIsOne(statements: readonly string[], dialect: Dialect): void {
  for (const sql of statements) {
    for (const form of [sql, sql.toLowerCase(), sql.replaceAll(";", "; -- ;\n"), sql.replaceAll(" ", "\n/* ; */ ")]) {
      assert.deepEqual(split(form, dialect), [form]);
      assert.deepEqual(split(`SELECT 1; ${form};\nSELECT 2`, dialect), ["SELECT 1", form, "SELECT 2"]);
    }
  }
}

describe("splitStatements", () => {
  it("ends a statement at its semicolon, and drops the empty ones", () => {
    assert.deepEqual(split("SELECT 1; SELECT 2 ;; ;\nSELECT 3"), ["SELECT 1", "SELECT 2", "SELECT 3"]);
    assert.deepEqual(split(" ; -- nothing\n/* at all */ ;"), []);
  });

  it("leaves semicolons in strings, names and comments alone", () => {
    const one = `SELECT ';', ";", [;], \`;\` -- ;\n, 'it''s; ' /* ; */ , 2`;
    assert.deepEqual(split(`-- first;\n${one}; SELECT 3 -- last;`), [one, "SELECT 3"]);
  });

  it("keeps the body of a trigger together", () => {
    const trigger = `CREATE TRIGGER IF NOT EXISTS log_end AFTER UPDATE ON events BEGIN
      UPDATE events SET state = CASE WHEN new.end > 1 THEN 'a;' ELSE 'b' END;
      INSERT INTO log (begin, end) VALUES (new.begin, new.end);
      SELECT CASE WHEN 1 THEN CASE 2 WHEN 3 THEN 4 END END; SELECT 1 AS end;
    END`;
    assertEachIsOne(
      [trigger, trigger.replace("CREATE", "CREATE TEMP"), trigger.replace("CREATE", "CREATE TEMPORARY")],
      SQLITE,
    );
  });

  it("takes BEGIN and END for what they are outside a body", () => {
    const table = "CREATE TABLE t (a DEFAULT (CASE WHEN 1 THEN 2 END))";
    for (const dialect of DIALECTS) assertEachIsOne([table, "SELECT CASE WHEN a THEN b END FROM t"], dialect);
    const named = "CREATE TRIGGER t AFTER INSERT ON u EXECUTE FUNCTION f()";
    assert.deepEqual(split(`${named}; SELECT 1`, POSTGRES), [named, "SELECT 1"]);
  });

  it("keeps a function of PostgreSQL together, dollar-quoted or in standard SQL, and a rule", () => {
    const quoted = "CREATE FUNCTION f() RETURNS int AS $body$ BEGIN; RETURN $$1;$$; END; $body$ LANGUAGE plpgsql";
    assert.deepEqual(split(`${quoted}; SELECT 1`, POSTGRES), [quoted, "SELECT 1"]);
    assertEachIsOne(
      [
        "CREATE FUNCTION f(a int) RETURNS int LANGUAGE SQL BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a > 1 THEN CASE a WHEN 2 THEN 3 END END; END",
        "CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC INSERT INTO t VALUES (1); SELECT x.end AS end FROM x; END",
        "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE SQL BEGIN ATOMIC END",
        "CREATE FUNCTION f() RETURNS int RETURN CASE WHEN 1 THEN 2 END",
        "CREATE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO a VALUES (1); DELETE FROM b)",
      ],
      POSTGRES,
    );
  });

  it("keeps the bodies of MySQL together, however their blocks nest", () => {
    assertEachIsOne(
      [
        "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.b = CASE WHEN NEW.c THEN 1 ELSE 2 END",
        "CREATE DEFINER = 'a'@'b' TRIGGER t AFTER INSERT ON a FOR EACH ROW FOLLOWS u BEGIN SET @a = 1; SET @b = IF(a, 1, 2); END",
        "CREATE OR REPLACE PROCEDURE p(IN a INT) BEGIN IF a > 1 THEN SELECT 1; ELSEIF a > 2 THEN SELECT 2; ELSE SELECT 3; END IF; END",
        "CREATE PROCEDURE IF NOT EXISTS p() BEGIN DECLARE done INT DEFAULT 0; DECLARE CONTINUE HANDLER FOR NOT FOUND BEGIN SET done = 1; END; SELECT 1; END",
        "CREATE PROCEDURE p() here: LOOP IF a THEN LEAVE here; END IF; ITERATE here; END LOOP here",
        "CREATE PROCEDURE p() BEGIN WHILE a < 3 DO SET a = a + 1; END WHILE; REPEAT SET a = a - 1; UNTIL a = 0 END REPEAT; END",
        "CREATE PROCEDURE p() BEGIN CASE a WHEN 1 THEN BEGIN SELECT 1; END; WHEN 2 THEN IF b THEN SELECT 2; END IF; ELSE SELECT REPEAT('x', 3); END CASE; SELECT 4; END",
        "CREATE FUNCTION f(a INT) RETURNS INT DETERMINISTIC IF a THEN RETURN CASE WHEN a THEN CASE a WHEN 1 THEN 2 END END; ELSE RETURN 2; END IF",
        "CREATE FUNCTION f() RETURNS INT RETURN IF(a, b, REPEAT('x', 2))",
        "CREATE PROCEDURE p() IF CASE WHEN a THEN 1 END THEN SELECT 1; ELSEIF CASE b WHEN 1 THEN 0 END THEN SELECT 2; END IF",
        "CREATE PROCEDURE p() BEGIN END",
        "CREATE PROCEDURE p() outer_block: BEGIN inner_block: BEGIN SELECT t.begin, t.end FROM t; END inner_block; END outer_block",
        "CREATE PROCEDURE p() BEGIN FOR i IN 1 .. 3 DO SELECT i; END FOR; SELECT 1 FOR UPDATE; END",
        "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN DELETE FROM log; DELETE FROM visits; END",
        "ALTER EVENT e DO BEGIN DELETE FROM log; SELECT 1; END",
      ],
      MYSQL,
    );
  });

  it("knows no other body than the one that its database has", () => {
    const compound = "CREATE PROCEDURE p() BEGIN SELECT 1; END";
    assert.deepEqual(split(compound), ["CREATE PROCEDURE p() BEGIN SELECT 1", "END"]);
    assert.deepEqual(split(compound, POSTGRES), ["CREATE PROCEDURE p() BEGIN SELECT 1", "END"]);
  });
});

describe("splitting", () => {
  const text = fc.string({
    unit: fc.constantFrom(
      ";",
      "-",
      "/",
      "*",
      "'",
      '"',
      "`",
      "[",
      "]",
      "(",
      "$",
      " ",
      "\n",
      "BEGIN",
      "end",
      "-- UP\n",
      "x",
    ),
    maxLength: 12,
  });

  it("never takes place in quotes or comments, whatever stands in them", () => {
    const hidden = text.chain((inside) =>
      fc.constantFrom(
        `'${inside.replaceAll("'", "''")}'`,
        `"${inside.replaceAll('"', '""')}"`,
        `1 /* ${inside.replace(/[*/]/g, "")} */`,
        `1 -- ${inside.replaceAll("\n", "")}\n`,
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...DIALECTS), fc.array(hidden, { minLength: 1, maxLength: 5 }), (dialect, pieces) => {
        const statement = `SELECT ${pieces.join(", ")}, 2`;
        assert.deepEqual(split(`${statement};${statement};`, dialect), [statement, statement]);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("never takes place in dollar quotes", () => {
    fc.assert(
      fc.property(text, fc.constantFrom("$$", "$a$", "$_1$"), (inside, tag) => {
        const statement = `SELECT ${tag}${inside.replaceAll("$", "")}${tag}`;
        assert.deepEqual(split(`${statement}; ${statement}`, POSTGRES), [statement, statement]);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("loses nothing but semicolons, comments and spaces, in any text", () => {
    fc.assert(
      fc.property(fc.constantFrom(...DIALECTS), text, (dialect, sql) => {
        const statements = splitStatements(sql, dialect);
        let from = 0;
        for (const { start, end } of statements) {
          assert.equal(splitStatements(sql.slice(from, start), dialect).length, 0);
          assert.ok(start >= from && end > start);
          from = end;
        }
        assert.equal(splitStatements(sql.slice(from), dialect).length, 0);
        const texts = statements.map(({ start, end }) => sql.slice(start, end));
        assert.deepEqual(split(texts.join("\n;\n"), dialect), texts);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it("comes to what SQLite makes of the whole text", () => {
    const statements = [
      "CREATE TABLE IF NOT EXISTS t (a, b DEFAULT (CASE WHEN 1 THEN ';' END)) -- ;\n",
      "CREATE TRIGGER IF NOT EXISTS g AFTER INSERT ON t WHEN new.a > 1 BEGIN SELECT CASE WHEN 1 THEN 2 END; INSERT INTO t (a) VALUES (0); END",
      "create temp trigger if not exists h after delete on t begin insert into t (a) values ('begin; end;'); end",
      "INSERT INTO t (a) VALUES (2), (';') /* ; */",
      "DELETE FROM t WHERE a = 2",
      "SELECT 1 AS end",
      "-- nothing;\n",
    ];
    const scripts = fc
      .array(fc.constantFrom(...statements), { maxLength: 8 })
      .map((chosen) => `${statements[0]};${chosen.join(";")}`);
    fc.assert(
      fc.property(scripts, (script) => {
        assert.deepEqual(contentAfter([script]), contentAfter(split(script)));
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});

function contentAfter(statements: readonly string[]): unknown {
  const database = new Libsql(":memory:");
  for (const statement of statements) database.exec(statement);
  const content = ["SELECT type, name FROM sqlite_master", "SELECT * FROM t"].map((sql) => database.prepare(sql).all());
  database.close();
  return content;
}
