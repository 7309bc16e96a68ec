import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { startMariadb } from "../database/mysql/mariadb-server.ts";
import { startPostgres } from "../database/postgres/postgres-server.ts";

const TESTS = ["accounts", "account-races", "api-keys", "contact-form", "secrets"];
const postgres = await startPostgres();
const mariadb = await startMariadb();
after(async () => {
  if (typeof postgres !== "string") await postgres.stop();
  if (typeof mariadb !== "string") await mariadb.stop();
});

describe("each example, with nothing but another TINA4_DATABASE_URL", () => {
  it("passes its own tests on PostgreSQL", { skip: typeof postgres === "string" && postgres }, () => {
    if (typeof postgres === "string") throw new Error(postgres);
    passTestsOn(postgres.url);
  });

  it("passes its own tests on MariaDB", { skip: typeof mariadb === "string" && mariadb }, async () => {
    if (typeof mariadb === "string") throw new Error(mariadb);
    passTestsOn(await mariadb.createDatabase());
  });
});

function passTestsOn(url: string): void {
  // Without the variable, the child would take itself for a part of this test run.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const tests = TESTS.map((name) => fileURLToPath(new URL(`${name}.test.ts`, import.meta.url)));
  const flags = process.execArgv.filter((flag) => !flag.startsWith("--test"));
  const run = spawnSync(process.execPath, [...flags, "--test", ...tests], {
    env: { ...env, TINA4_TEST_DATABASE_URL: url },
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  assert.equal(run.status, 0, run.stdout + run.stderr);
}
