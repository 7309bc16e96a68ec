import type { RowResult } from "./attack-run.ts";
import type { AttackRow } from "./row.ts";

const MAX_FAILURE_LENGTH = 160;

/** Prints one table, a line as soon as a row has ended: id, input, outcome, and whether it came so. */
export class ResultsTable {
  readonly #widths: readonly number[];
  readonly #testsOf: (id: string) => readonly string[];

  /** @param testsOf Tests that name a row, the best first: they prove what is not sent from outside. */
  constructor(rows: readonly AttackRow[], testsOf: (id: string) => readonly string[]) {
    this.#widths = [3, longest(rows.map(({ input }) => input)), longest(rows.map(({ outcome }) => outcome))];
    this.#testsOf = testsOf;
  }

  print({ row, passed, failure = "" }: RowResult): void {
    const verdict = passed === null ? this.#provedBy(row) : passed ? "pass" : `FAIL: ${shortened(failure)}`;
    const cells = [row.id, row.input, row.outcome].map((cell, column) => cell.padEnd(this.#widths[column] ?? 0));
    console.log([...cells, verdict].join("  "));
  }

  #provedBy({ id, attack }: AttackRow): string {
    if (attack !== undefined) return "not judged: it takes a server of our own";
    return `not sent: proved by ${this.#testsOf(id)[0]}`;
  }
}

/** How many rows were sent, and how many are left to the tests. */
export function resultsSummary(results: readonly RowResult[]): string {
  const count = (passed: boolean | null): number => results.filter((result) => result.passed === passed).length;
  return `${count(true)} passed, ${count(false)} failed, ${count(null)} left to tests`;
}

const longest = (texts: readonly string[]): number => Math.max(...texts.map(({ length }) => length));

function shortened(failure: string): string {
  const line = failure.replaceAll(/\s+/g, " ");
  return line.length > MAX_FAILURE_LENGTH ? `${line.slice(0, MAX_FAILURE_LENGTH)}…` : line;
}
