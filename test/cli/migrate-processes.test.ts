import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { startPostgres } from "../database/postgres/postgres-server.ts";
import { skip } from "./fixtures/built-package.ts";
import { MIGRATIONS, migrationProject, STEPS } from "./fixtures/migration-project.ts";

const postgres = await startPostgres();
after(async () => typeof postgres === "string" || postgres.stop());

/** A database that does not exist yet, and a statement that it runs for longer than a test waits. */
const DATABASES = [
  {
    name: "SQLite",
    skip,
    url: async () => "sqlite:data/app.db",
    long: "INSERT INTO steps SELECT count(*) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1e12) SELECT i FROM n);",
  },
  {
    name: "PostgreSQL",
    skip: skip || (typeof postgres === "string" && postgres),
    url: async () => (typeof postgres === "string" ? "" : postgres.createDatabase()),
    long: "INSERT INTO steps SELECT 1 FROM pg_sleep(2);",
  },
];

for (const { name, skip, url, long } of DATABASES) {
  describe(`tina4 migrate in several processes on ${name}`, { skip, concurrency: 1 }, () => {
    for (const count of [2, 8]) {
      it(`applies everything once when ${count} start at the same time`, async (test) => {
        const { tina4, rows } = await migrationProject(test, url);
        const endings = await Promise.all(Array.from({ length: count }, () => tina4("migrate").ending()));
        for (const { code, stderr } of endings)
          assert.deepEqual([code, stderr.replace(/^Waiting: .*\n$/, "")], [0, ""]);
        const outputs = endings.map(({ stdout }) => stdout).sort();
        const applied = MIGRATIONS.map((migration) => `Applied ${migration}\n`).join("");
        assert.deepEqual(outputs, [applied, ...Array(count - 1).fill("Nothing is pending.\n")]);
        assert.equal((await rows("steps")).length, 1);
      });
    }

    it("waits for another one, says so, and goes on when that one was killed", async (test) => {
      const { tina4, stopped, rows } = await migrationProject(test, url);
      const first = await stopped("INSERT INTO steps", "after");
      const second = tina4("migrate");
      await second.until(/^Waiting: another process migrates this database\.\n/);
      first.kill("SIGKILL");
      const { code, stdout } = await second.ending();
      assert.deepEqual([code, stdout], [0, `Applied ${STEPS}\n`]);
      assert.equal((await rows("steps")).length, 1);
    });

    for (const [place, at, when] of [
      ["between two statements", "CREATE TABLE steps", "after"],
      ["in the middle of a long statement", long.slice(0, 30), "during"],
      ["between its last statement and its bookkeeping", 'INSERT INTO "tina4_migrations"', "before"],
    ] as const) {
      it(`is clean after one was killed ${place}`, async (test) => {
        const { migration, steps, tina4, stopped, rows } = await migrationProject(
          test,
          url,
          when === "during" ? [long] : [],
        );
        const killed = await stopped(at, when);
        killed.kill("SIGKILL");
        await killed.ending();
        migration(STEPS, ...steps);
        const { code, stdout, stderr } = await tina4("migrate").ending();
        const applied = at.includes("tina4") ? MIGRATIONS : [STEPS];
        assert.deepEqual([code, stdout, stderr], [0, applied.map((file) => `Applied ${file}\n`).join(""), ""]);
        assert.equal((await rows("steps")).length, 1);
      });
    }
  });
}
