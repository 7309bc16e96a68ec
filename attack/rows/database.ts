import assert from "node:assert/strict";
import { jsonOf } from "../answers.ts";
import { json } from "../browser.ts";
import { type AttackRow, inProcess, row } from "../row.ts";
import type { Target } from "../target.ts";

const SQL = ["' OR 1=1--", "'; DROP TABLE people;--", "\\' OR ''='", '" OR ""="', "1) OR (1=1"];

/** The program hands these to the database as they came: it refuses them, and says nothing of itself. */
async function fails(target: Target, path: string, ...bodies: readonly unknown[]): Promise<void> {
  for (const body of bodies) {
    const answer = await target.ask("POST", path, json(body));
    assert.ok([400, 500].includes(answer.status), `${JSON.stringify(body)}: ${answer.status}`);
    assert.doesNotMatch(answer.body, /SELECT|INSERT|people|sqlite|column/i);
  }
}

async function bound(target: Target): Promise<void> {
  for (const name of SQL)
    assert.deepEqual(jsonOf(await target.ask("POST", "/people/find", json({ name }))), { rows: [] });
  const answer = await target.ask("POST", "/people/find", json({ name: "100% Ada" }));
  assert.deepEqual(jsonOf(answer), { rows: [{ name: "100% Ada" }] });
}

async function undone(target: Target): Promise<void> {
  assert.equal((await target.ask("POST", "/people/undone", json({}))).status, 500);
  assert.deepEqual(jsonOf(await target.ask("POST", "/people/find", json({ name: "undone" }))), { rows: [] });
}

export const DATABASE_ROWS: readonly AttackRow[] = [
  row("Q01", "SQL in values", "bound: no row", bound),
  row("Q02", "objects and lists in the place of values", "refused", (target) =>
    fails(target, "/people/find", { name: { $ne: null } }, { name: ["a", "b"] }, { name: {} }),
  ),
  row("Q03", "SQL in the names of columns", "refused", (target) =>
    fails(target, "/people", { "a) VALUES(1);--": 1 }, { '"a"': 1 }, { "`": 1 }, { "na\u02bcme": "x" }, { "name ": 1 }),
  ),
  inProcess("Q04", "members that are no fields of the form", "dropped by the schema"),
  row("Q05", "SQL and huge numbers in sorting and limits", "400", async (target) => {
    assert.equal((await target.ask("GET", "/people/sorted?sort=name&limit=1")).status, 200);
    for (const query of [
      "sort=name;DROP",
      "sort=name--&limit=1",
      "limit=-1",
      "limit=1e9",
      "limit=1%20OFFSET%202",
      "",
    ]) {
      await target.deny("VALIDATION_FAILED", "GET", `/people/sorted?${query}`);
    }
  }),
  inProcess("Q07", "placeholders too few, too many, in quotes and comments", "an error, nothing shifted"),
  row("Q08", "NUL, half a surrogate pair, a megabyte", "refused", (target) =>
    fails(target, "/people/find", { name: "a\0b" }, '{"name":"\\ud800"}'),
  ),
  row("Q09", "wildcards in what LIKE looks for", "plain characters", async (target) => {
    const seen = async (name: string): Promise<unknown> =>
      jsonOf(await target.ask("GET", `/people/like?name=${encodeURIComponent(name)}`)).rows;
    assert.deepEqual([await seen("%"), await seen("_"), await seen("100% A")], [[], [], [{ name: "100% Ada" }]]);
  }),
  row("Q10", "an error of the database", "500 without its text", async (target) => {
    await target.deny500("/people/broken");
  }),
  row("Q12", "a transaction that fails mid-way", "undone, the connection clean", undone),
  inProcess("Q13", "more requests than connections", "they wait, then 503"),
  inProcess("Q14", "the file of the database among the public ones", "404, and the check says so"),
];
