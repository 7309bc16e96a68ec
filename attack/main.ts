// Sends every attack to a started server and prints one table: `npm run attack [-- options]`.
//   --only J,C05               only these rows, by id or by the letter that ids begin with
//   --without NAME=value       the same application with one protection switched off by a setting
//   --url http://127.0.0.1:N   a server that runs already, with the settings of attack/attacked-server.ts
import { type AttackOptions, readAttackOptions } from "./attack-options.ts";
import { AttackRun, type RowResult } from "./attack-run.ts";
import { writeProject } from "./project.ts";
import { ResultsTable, resultsSummary } from "./results-table.ts";
import { testsOfRows } from "./tests-of-rows.ts";

try {
  await sendRows(readAttackOptions(process.argv.slice(2)));
} catch (error) {
  // The reader needs the reason, and no stack.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function sendRows({ rows, overrides, port }: AttackOptions): Promise<void> {
  const project = writeProject();
  const run = new AttackRun({ project, overrides, port });
  const tests = testsOfRows();
  const table = new ResultsTable(rows, (id) => tests.get(id) ?? []);
  const results: RowResult[] = [];
  try {
    await run.start();
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
  if (results.some(({ passed }) => passed === false)) process.exitCode = 1;
}
