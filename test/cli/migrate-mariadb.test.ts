import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { startMariadb } from "../database/mysql/mariadb-server.ts";
import { skip as notBuilt } from "./fixtures/built-package.ts";
import { MIGRATIONS, migrationProject, STEPS } from "./fixtures/migration-project.ts";

const mariadb = await startMariadb();
const skip = notBuilt || (typeof mariadb === "string" && mariadb);
after(async () => typeof mariadb === "string" || mariadb.stop());
const url = async () => (typeof mariadb === "string" ? "" : mariadb.createDatabase());

/** Here every statement takes effect at once. */
describe("tina4 migrate in several processes on MariaDB", { skip, concurrency: 1 }, () => {
  for (const count of [2, 8]) {
    it(`applies everything once when ${count} start at the same time`, async (test) => {
      const { tina4, rows } = await migrationProject(test, url);
      const endings = await Promise.all(Array.from({ length: count }, () => tina4("migrate").ending()));
      for (const { code, stderr } of endings) assert.deepEqual([code, stderr.replace(/^Waiting: .*\n$/, "")], [0, ""]);
      const applied = MIGRATIONS.map((migration) => `Applied ${migration}\n`).join("");
      const outputs = endings.map(({ stdout }) => stdout).sort();
      assert.deepEqual(outputs, [applied, ...Array(count - 1).fill("Nothing is pending.\n")]);
      assert.equal((await rows("steps")).length, 1);
    });
  }

  it("goes on by itself after one was killed while rows were changed, and changes them once", async (test) => {
    const { tina4, stopped, rows } = await migrationProject(test, url);
    const killed = await stopped("INSERT INTO steps", "after");
    killed.kill("SIGKILL");
    await killed.ending();
    assert.match((await tina4("migrate:status").ending()).stdout, new RegExp(`begun +${STEPS}`));
    assert.deepEqual(await tina4("migrate").ending(), { code: 0, stdout: `Applied ${STEPS}\n`, stderr: "" });
    assert.equal((await rows("steps")).length, 1);
  });

  for (const [place, at, when, done] of [
    ["before a table was made", "CREATE TABLE steps", "before", 0],
    ["when a table was made", "CREATE TABLE steps", "after", 1],
    ["in the middle of a long statement", "DO SLEEP(2)", "during", 3],
  ] as const) {
    it(`asks somebody to look after one was killed ${place}`, async (test) => {
      const { tina4, stopped, rows } = await migrationProject(test, url, when === "during" ? ["DO SLEEP(2);"] : []);
      const killed = await stopped(at, when);
      killed.kill("SIGKILL");
      await killed.ending();
      const refused = await tina4("migrate").ending();
      assert.deepEqual([refused.code, refused.stdout], [1, ""]);
      const number = when === "during" ? 3 : 1;
      assert.match(
        refused.stderr,
        new RegExp(`^${STEPS}: .*whether statement ${number} under "-- UP", line ${number + 1}, took effect`),
      );
      const { code, stdout } = await tina4("migrate:resolve", STEPS, "--done", `${done}`).ending();
      const next = done === 0 ? "begins anew" : `goes on behind statement ${done}`;
      assert.deepEqual([code, stdout], [0, `The next run ${next}.\n`]);
      assert.equal((await tina4("migrate").ending()).stdout, `Applied ${STEPS}\n`);
      assert.equal((await rows("steps")).length, 1);
    });
  }
});
