// Sends every attack to a started server and prints one table: `npm run attack [-- options]`.
//   --only J,C05               only these rows, by id or by the letter that ids begin with
//   --without NAME=value       the same application with one protection switched off by a setting
//   --url http://127.0.0.1:N   a server that runs already, with the settings of attack/attacked-server.ts
import { parseArgs } from "node:util";
import { SETTING_NAMES } from "../src/config/read-settings.ts";
import { didYouMean } from "../src/text/did-you-mean.ts";
import { AttackRun, type RowResult } from "./attack-run.ts";
import type { AttackSettings } from "./attacked-server.ts";
import { writeProject } from "./project.ts";
import { ResultsTable, resultsSummary } from "./results-table.ts";
import { ATTACK_ROWS } from "./rows.ts";
import { testsOfRows } from "./tests-of-rows.ts";

const { values } = parseArgs({
  options: { only: { type: "string" }, without: { type: "string", multiple: true }, url: { type: "string" } },
});
const only = values.only?.split(",").filter((prefix) => prefix !== "") ?? [""];
const rows = ATTACK_ROWS.filter(({ id }) => only.some((prefix) => id.startsWith(prefix)));
if (rows.length === 0) throw new Error(`No row begins with ${values.only}.`);

const project = writeProject();
const run = new AttackRun({ project, overrides: overridesOf(values.without ?? []), port: portOf(values.url) });
const tests = testsOfRows();
const table = new ResultsTable(rows, (id) => tests.get(id) ?? []);
const results: RowResult[] = [];
try {
  for (const row of rows) {
    const result = await run.send(row);
    table.print(result);
    results.push(result);
  }
} finally {
  await run.stop();
  project.remove();
}
console.log(`\n${resultsSummary(results)}`);
process.exitCode = results.some(({ passed }) => passed === false) ? 1 : 0;

function overridesOf(given: readonly string[]): AttackSettings {
  return Object.fromEntries(
    given.map((text) => {
      const [, name, value] = /^([A-Z][A-Z0-9_]*)=(.*)$/s.exec(text) ?? [];
      if (name === undefined || value === undefined) throw new Error(`--without takes NAME=value, not ${text}.`);
      if (!SETTING_NAMES.includes(name))
        throw new Error(`There is no setting ${name}.${didYouMean(name, SETTING_NAMES)}`);
      return [name, value];
    }),
  );
}

function portOf(url: string | undefined): number | undefined {
  if (url === undefined) return undefined;
  const { protocol, hostname, port } = new URL(url);
  const isHere = protocol === "http:" && ["127.0.0.1", "localhost"].includes(hostname) && port !== "";
  if (!isHere) throw new Error("--url takes http://127.0.0.1 and a port: this attacks nobody else.");
  return Number(port);
}
