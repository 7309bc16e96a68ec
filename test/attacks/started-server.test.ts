import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { AttackRun } from "../../attack/attack-run.ts";
import { writeProject } from "../../attack/project.ts";
import { ATTACK_ROWS } from "../../attack/rows.ts";

const TIMEOUT_MS = 600_000;

describe("every attack that can be sent to a started server", { timeout: TIMEOUT_MS }, () => {
  const project = writeProject();
  const run = new AttackRun({ project });

  after(async () => {
    await run.stop();
    project.remove();
  });

  for (const row of ATTACK_ROWS.filter(({ attack }) => attack !== undefined)) {
    it(`${row.id}: ${row.input}: ${row.outcome}`, async () => {
      assert.equal((await run.send(row)).failure, undefined);
    });
  }
});
