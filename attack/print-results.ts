import type { RowResult } from "./run-rows.ts";

const MAX_FAILURE_LENGTH = 160;

/** One table of all rows: id, input, outcome, and whether it came so. What is not sent from outside says who proves it. */
export function resultsTable(results: readonly RowResult[], provedBy: (id: string) => readonly string[]): string {
  const cells = results.map(({ row, passed, failure }) => [
    row.id,
    row.input,
    row.outcome,
    passed === null ? provenBy(provedBy(row.id)) : passed ? "pass" : `FAIL: ${shortened(failure ?? "")}`,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  return cells.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")).join("\n");
}

/** How many rows were sent, and how many are left to the tests. */
export function resultsSummary(results: readonly RowResult[]): string {
  const count = (passed: boolean | null): number => results.filter((result) => result.passed === passed).length;
  return `${count(true)} passed, ${count(false)} failed, ${count(null)} not sent by this run`;
}

function provenBy(files: readonly string[]): string {
  return files.length === 0 ? "not sent" : `not sent; proved by ${files[0]}`;
}

function shortened(failure: string): string {
  const line = failure.replaceAll(/\s+/g, " ");
  return line.length > MAX_FAILURE_LENGTH ? `${line.slice(0, MAX_FAILURE_LENGTH)}…` : line;
}
