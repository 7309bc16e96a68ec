import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { AttackRun } from "../../attack/attack-run.ts";
import { writeProject } from "../../attack/project.ts";
import type { AttackRow } from "../../attack/row.ts";

/** Sends rows to started servers, each as a test of its own. */
export function sendRows(title: string, rows: readonly AttackRow[]): void {
  describe(title, () => {
    const project = writeProject();
    const run = new AttackRun({ project });

    after(async () => {
      await run.stop();
      project.remove();
    });

    for (const row of rows) {
      it(`${row.id}: ${row.input}: ${row.outcome}`, async () => {
        assert.equal((await run.send(row)).failure, undefined);
      });
    }
  });
}
