import assert from "node:assert/strict";
import { after, afterEach, beforeEach, describe, it } from "node:test";
import type { Database } from "../../../src/database/database.ts";
import { Database as DatabaseOf } from "../../../src/database/database.ts";
import { type OpenedPostgres, openPostgres } from "./opened-postgres.ts";
import { startPostgres } from "./postgres-server.ts";

const server = await startPostgres();
after(async () => typeof server === "string" || server.stop());

describe("PostgresDriver", { skip: typeof server === "string" && server }, () => {
  let opened: OpenedPostgres;
  let database: Database;

  beforeEach(async () => {
    if (typeof server === "string") throw new Error(server);
    opened = await openPostgres(server, 2);
    ({ database } = opened);
  });
  afterEach(async () => opened.close());

  describe("values", () => {
    const read = async (expression: string) => (await database.fetchOne(`SELECT ${expression} AS x`))?.x;

    it("come back without a loss: as text, where no JavaScript value holds them", async () => {
      const expected: readonly (readonly [string, unknown])[] = [
        ["true", true],
        ["1::smallint", 1],
        ["9007199254740993", 9007199254740993n],
        ["0.1::real", 0.1],
        ["'NaN'::float8", Number.NaN],
        ["1.10::numeric(30, 2)", "1.10"],
        ["123456789012345678901234567890::numeric", "123456789012345678901234567890"],
        ["DATE '2026-01-31'", "2026-01-31"],
        ["TIME '09:30'", "09:30:00"],
        ["TIMESTAMP '2026-01-31 09:30'", "2026-01-31 09:30:00"],
        ["TIMESTAMPTZ '2026-01-31 09:30+02'", "2026-01-31T07:30:00.000Z"],
        ["TIMESTAMPTZ '2026-01-31 09:30:00.123456Z'", "2026-01-31T09:30:00.123456Z"],
        ["TIMESTAMPTZ 'infinity'", "infinity"],
        ["TIMESTAMPTZ '0044-03-15 12:00Z BC'", "0044-03-15 12:00:00+00 BC"],
        ["INTERVAL '1 day 2 hours'", "P1DT2H"],
        [`'{"a": 12345678901234567890}'::jsonb`, '{"a": 12345678901234567890}'],
        ["ARRAY[1, 2]", "{1,2}"],
        ["NULL", null],
      ];
      for (const [expression, value] of expected) assert.deepEqual(await read(expression), value, expression);
    });

    it("are stored in columns of any type that they fit into", async () => {
      await database.execute("CREATE TABLE t (b BOOLEAN, n NUMERIC, z TIMESTAMPTZ, j JSONB, x BYTEA, s TEXT, r REAL)");
      const now = new Date(1_234_567_890_120).toISOString();
      const row = { b: true, n: 12, z: now, j: '{"a": 1}', x: new Uint8Array([92, 120]), s: "\\x41", r: 0.5 };
      await database.insert("t", row);
      assert.deepEqual({ ...(await database.fetchOne("SELECT * FROM t")) }, { ...row, n: "12" });
      assert.equal((await database.fetch("SELECT 1 FROM t WHERE b = ? AND z = ?", [true, now])).length, 1);
    });

    it("that do not fit a column are the client's mistake, as those that fit none", async () => {
      await database.execute("CREATE TABLE t (s VARCHAR(3), i SMALLINT, d DATE, u UUID)");
      const large = "x".repeat(1_000_000);
      for (const row of [
        { s: "long" },
        { s: large },
        { i: 40_000 },
        { i: "x" },
        { i: 0.5 },
        { d: "never" },
        { u: "1" },
      ]) {
        await assert.rejects(database.insert("t", row), { name: "DatabaseValueError", status: 400, code: "value" });
      }
    });
  });

  describe("lastId", () => {
    it("is the key of the row, whatever a trigger takes from other sequences", async () => {
      await database.execute("CREATE TABLE logs (id SERIAL PRIMARY KEY, what TEXT)");
      await database.execute("CREATE TABLE users (id SERIAL PRIMARY KEY, email TEXT UNIQUE)");
      await database.execute("INSERT INTO logs (what) VALUES ('a'), ('b'), ('c')");
      await database.execute(`CREATE FUNCTION log() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO logs (what) VALUES (NEW.email); RETURN NULL; END $$`);
      await database.execute("CREATE TRIGGER log AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION log()");
      assert.equal((await database.insert("users", { email: "a" })).lastId, 1);
      assert.equal((await database.insert("users", { email: "b" })).lastId, 2);
      assert.equal((await database.insert("users", { id: 77, email: "c" })).lastId, 77);
      const several = "INSERT INTO public . users (email) VALUES ('d'), ('e')";
      assert.deepEqual(await database.execute(several), { lastId: 4, affectedRows: 2 });
    });

    it("is found under any name of a key, and adds no column to the rows of RETURNING", async () => {
      await database.execute('CREATE SCHEMA "a.b"');
      await database.execute('CREATE TABLE "a.b"."it""s" ("Key ""1" BIGSERIAL PRIMARY KEY, name TEXT)');
      const insert = `INSERT INTO "a.b" . "it""s" AS x (name) SELECT name FROM (SELECT 'n' AS name) y`;
      assert.equal((await database.execute(insert)).lastId, 1);
      assert.equal((await database.execute(`WITH z AS (SELECT 1) ${insert} /* end */ ; -- end`)).lastId, 2);
      assert.deepEqual({ ...(await database.fetchOne(`${insert} RETURNING name`)) }, { name: "n" });
      assert.deepEqual(await database.execute(`${insert} RETURNING name AS id -- end`), { lastId: 4, affectedRows: 1 });
    });

    it("is null where no single whole number is the key", async () => {
      await database.execute("CREATE TABLE plain (n INTEGER)");
      await database.execute("CREATE TABLE pairs (a INTEGER, b INTEGER, PRIMARY KEY (a, b))");
      await database.execute("CREATE TABLE named (name TEXT PRIMARY KEY)");
      await database.execute("CREATE VIEW seen AS SELECT n FROM plain");
      for (const [table, row] of Object.entries({ plain: { n: 1 }, pairs: { a: 1, b: 2 }, named: { name: "x" } })) {
        assert.deepEqual(await database.insert(table, row), { lastId: null, affectedRows: 1 });
      }
      assert.deepEqual(await database.insert("seen", { n: 2 }), { lastId: null, affectedRows: 1 });
    });

    it("does not need the right to read, which an account that only adds has not", async () => {
      await database.execute("CREATE TABLE notes (id SERIAL PRIMARY KEY, text TEXT)");
      const added = await database.transaction(async (transaction) => {
        await transaction.execute("CREATE ROLE writer");
        await transaction.execute("GRANT INSERT ON notes TO writer");
        await transaction.execute("GRANT USAGE ON SEQUENCE notes_id_seq TO writer");
        await transaction.execute("SET LOCAL ROLE writer");
        return transaction.insert("notes", { text: "x" });
      });
      assert.deepEqual(added, { lastId: null, affectedRows: 1 });
    });

    it("is right again after a table changed behind our back", async () => {
      const other = new DatabaseOf({ url: opened.url.replace("?pool=2", "?pool=1"), pools: opened.pools });
      await database.execute("CREATE TABLE t (id SERIAL PRIMARY KEY, n INTEGER)");
      assert.equal((await database.insert("t", { n: 1 })).lastId, 1);
      await other.execute("ALTER TABLE t RENAME COLUMN id TO key");
      await assert.rejects(database.insert("t", { n: 2 }), { code: "failed" });
      assert.equal((await database.insert("t", { n: 3 })).lastId, 2);
    });
  });

  describe("statements", () => {
    it("leave no setting behind for the next one", async () => {
      const refused = [
        "SET search_path = x",
        "RESET ALL",
        "set session role x",
        "DISCARD ALL",
        "LISTEN x",
        "COPY t FROM STDIN",
      ];
      for (const sql of [...refused, "PREPARE x AS SELECT 1", "EXECUTE x", "SELECT pg_advisory_lock(1)"]) {
        await assert.rejects(database.execute(sql), { code: "statement" }, sql);
      }
      await assert.rejects(database.execute("SET LOCAL search_path = x"), {
        code: "statement",
        message: /transaction/,
      });
      const path = await database.transaction(async (transaction) => {
        await transaction.execute("SET LOCAL search_path = nowhere");
        return transaction.fetchOne("SELECT current_setting('search_path') AS x");
      });
      assert.equal(path?.x, "nowhere");
    });

    it("leave no tenant behind, set by a function, for whoever comes next", async () => {
      const set = "SELECT set_config('app.tenant', ?, false)";
      const current = "SELECT current_setting('app.tenant', true) AS tenant";
      await database.fetch(set, ["one"]);
      assert.equal((await database.fetchOne(current))?.tenant, null);
      await database.transaction((transaction) => transaction.fetch(set, ["two"]));
      assert.equal((await database.fetchOne(current))?.tenant, null);
      const own = await database.transaction(async (transaction) => {
        await transaction.fetch("SELECT set_config('app.tenant', ?, true)", ["three"]);
        return transaction.fetchOne(current);
      });
      assert.equal(own?.tenant, "three");
      assert.ok(!(await database.fetchOne(current))?.tenant);
    });

    it("leave no temporary table behind, which would hide that of the others", async () => {
      await database.execute("CREATE TABLE users (id SERIAL PRIMARY KEY)");
      await database.insert("users", { id: 1 });
      await database.execute("CREATE TEMPORARY TABLE users (id INTEGER)");
      await database.fetch("SELECT 2 AS id INTO TEMP users WHERE false");
      await database.transaction(async (transaction) => transaction.execute("CREATE TEMP TABLE users (id INTEGER)"));
      for (let times = 0; times < 4; times++) {
        assert.equal((await database.fetch("SELECT * FROM users")).length, 1);
      }
    });

    it("are read by the server as we read them, whatever the role or a statement sets", async () => {
      await database.execute("ALTER ROLE tina4 SET standard_conforming_strings = off");
      await database.execute("ALTER ROLE tina4 SET client_encoding = 'LATIN1'");
      await database.close();
      const tricky = String.raw`SELECT '\' AS a, ? AS b, '\' AS c`;
      assert.deepEqual({ ...(await database.fetchOne(tricky, ["Zoë"])) }, { a: "\\", b: "Zoë", c: "\\" });
      const turnOff = "SELECT set_config('standard_conforming_strings', 'off', ?)";
      for (let times = 0; times < 3; times++) await database.execute(turnOff, [false]);
      assert.equal((await database.fetchOne(tricky, ["x"]))?.b, "x");
      const confused = database.transaction(async (transaction) => {
        await transaction.execute(turnOff, [true]);
        await transaction.fetch(tricky, ["x"]);
      });
      await assert.rejects(confused, { code: "transaction" });
      assert.equal((await database.fetchOne(tricky, ["x"]))?.b, "x");
      await database.execute("ALTER ROLE tina4 RESET ALL");
    });
  });
});
