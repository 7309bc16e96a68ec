import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { skip } from "./fixtures/built-package.ts";
import { RunningCommand } from "./fixtures/running-command.ts";
import { type TemporaryProject, temporaryProject } from "./fixtures/temporary-project.ts";

const USERS = "20260101000000_create_users.sql";
const ORDERS = "20260102000000_create_orders.sql";
const migration = (table: string) => [
  "-- UP",
  `CREATE TABLE ${table} (id INTEGER PRIMARY KEY);`,
  "-- DOWN",
  `DROP TABLE ${table};`,
];

/** A project with two migrations, and a function that runs a command in it. */
function project(test: TestContext, files: Parameters<typeof temporaryProject>[1] = {}) {
  const { root, write }: TemporaryProject = temporaryProject(test, {
    [`src/migrations/${USERS}`]: migration("users"),
    [`src/migrations/${ORDERS}`]: migration("orders"),
    ...files,
  });
  const tina4 = (...args: readonly string[]) => new RunningCommand(test, args, { cwd: root }).ending();
  return { root, write, tina4 };
}

describe("tina4 migrate", { skip, concurrency: 2 }, () => {
  it("applies what is pending once, shows it, and undoes it, the newest first", async (test) => {
    const { tina4 } = project(test);
    const status = async () => (await tina4("migrate:status")).stdout.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>");
    assert.equal(await status(), `pending    ${USERS}\npending    ${ORDERS}\n`);
    const applied = `Applied ${USERS}\nApplied ${ORDERS}\n`;
    assert.deepEqual(await tina4("migrate"), { code: 0, stdout: applied, stderr: "" });
    assert.deepEqual(await tina4("migrate"), { code: 0, stdout: "Nothing is pending.\n", stderr: "" });
    assert.equal(await status(), `applied  <time>  ${USERS}\napplied  <time>  ${ORDERS}\n`);
    assert.equal((await tina4("migrate:rollback")).stdout, `Undid ${ORDERS}\n`);
    assert.equal((await tina4("migrate")).stdout, `Applied ${ORDERS}\n`);
    assert.equal((await tina4("migrate:rollback", "--steps", "5")).stdout, `Undid ${ORDERS}\nUndid ${USERS}\n`);
    assert.deepEqual(await tina4("migrate:rollback"), { code: 0, stdout: "Nothing is applied.\n", stderr: "" });
  });

  it("names file, statement and line of what fails, and keeps nothing of that migration", async (test) => {
    const broken = ["-- UP", "CREATE TABLE items (id INTEGER);", "", "INSERT INTO nowhere VALUES (1);"];
    const { write, tina4 } = project(test, { [`src/migrations/${ORDERS}`]: broken });
    const { code, stdout, stderr } = await tina4("migrate");
    assert.deepEqual([code, stdout], [1, `Applied ${USERS}\n`]);
    assert.match(stderr, new RegExp(`^${ORDERS}: statement 2 under "-- UP", line 4: .*nowhere.*\n$`));
    write(`src/migrations/${ORDERS}`, ...migration("items"));
    assert.equal((await tina4("migrate")).stdout, `Applied ${ORDERS}\n`);
  });

  it("tells people which pending one is older than an applied one, and programs everything", async (test) => {
    const { write, tina4 } = project(test);
    await tina4("migrate");
    const early = "20251231000000_create_early.sql";
    write(`src/migrations/${early}`, ...migration("early"));
    const [first = ""] = (await tina4("migrate:status")).stdout.split("\n");
    assert.match(first, new RegExp(`^pending +${early} +\\(older than one that is applied\\)$`));
    const all = JSON.parse((await tina4("migrate:status", "--json")).stdout);
    assert.deepEqual(all[0], { name: early, appliedAt: null, isLate: true, state: "pending" });
    assert.deepEqual(
      all.map(({ name }: { name: string }) => name),
      [early, USERS, ORDERS],
    );
    assert.equal((await tina4("migrate")).stdout, `Applied ${early}\n`);
  });

  it("needs to know of a migration that was cut off how far it came", async (test) => {
    const { tina4 } = project(test);
    const { code, stderr } = await tina4("migrate:resolve", USERS);
    assert.deepEqual([code, stderr.split("\n")[0]], [2, "Say how many of its statements are done: --done N."]);
    const refused = await tina4("migrate:resolve", USERS, "--done", "1");
    assert.deepEqual([refused.code, refused.stderr], [1, `No run of ${USERS} was cut off.\n`]);
  });

  it("works in the folder that is named", async (test) => {
    const { root } = project(test);
    const { stdout } = await new RunningCommand(test, ["migrate", root]).ending();
    assert.equal(stdout, `Applied ${USERS}\nApplied ${ORDERS}\n`);
  });

  it("uses the database that the settings of the project name, and says what is odd about them", async (test) => {
    const { root, tina4 } = project(test, { ".env": ["TINA4_DATABASE_URL=sqlite:data/shop.db", "TINA4_CRSF=false"] });
    const { code, stderr } = await tina4("migrate");
    assert.equal(code, 0);
    assert.match(stderr, /TINA4_CRSF.*TINA4_CSRF/);
    assert.ok(readFileSync(join(root, "data/shop.db")).byteLength > 0);
  });

  it("shows no password when the database URL is refused", async (test) => {
    const { tina4 } = project(test, { ".env": "TINA4_DATABASE_URL=oracle://app:hunter2@db/app" });
    const { code, stderr } = await tina4("migrate");
    assert.equal(code, 1);
    assert.match(stderr, /TINA4_DATABASE_URL/);
    assert.doesNotMatch(stderr, /hunter2/);
  });
});

describe("tina4 migrate:create", { skip }, () => {
  it("writes an empty migration and prints its path", async (test) => {
    const { root, tina4 } = project(test);
    const { code, stdout } = await tina4("migrate:create", "Create Order Lines");
    assert.equal(code, 0);
    assert.match(stdout, /^src\/migrations\/\d{14}_create_order_lines\.sql\n$/);
    assert.equal(readFileSync(join(root, stdout.trim()), "utf8").replace(/\n+/g, "\n"), "-- UP\n-- DOWN\n");
  });

  it("needs a name of letters or digits", async (test) => {
    const { tina4 } = project(test);
    assert.equal((await tina4("migrate:create")).code, 2);
    const { code, stderr } = await tina4("migrate:create", "!?");
    assert.equal(code, 1);
    assert.match(stderr, /^A migration needs a name/);
  });
});
