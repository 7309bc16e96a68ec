import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, it } from "node:test";
import { AttackRun } from "../../attack/attack-run.ts";
import { writeProject } from "../../attack/project.ts";
import { PROTECTIONS } from "../../attack/protections.ts";
import { ATTACK_ROWS } from "../../attack/rows.ts";

const DOCUMENT = new URL("../../docs/security-testing.md", import.meta.url);
const TIMEOUT_MS = 170_000;

/** Settings that are tried here, and the letters of the rows that are then sent; the others take a run of the command. */
const TRIED: readonly (readonly [without: string, letters: string])[] = [
  ["TINA4_CSRF=false", "C"],
  ["TINA4_ALLOWED_HOSTS=", "P"],
];

describe("the attacks without a protection", { timeout: TIMEOUT_MS }, () => {
  const project = writeProject();
  after(() => project.remove());

  for (const [without, letters] of TRIED) {
    it(`turn red in the rows that it owns, and in no others: ${without}`, async () => {
      const [name = "", value = ""] = without.split("=");
      const run = new AttackRun({ project, overrides: { [name]: value } });
      const red: string[] = [];
      for (const row of ATTACK_ROWS.filter(({ id }) => letters.includes(id.charAt(0)))) {
        if ((await run.send(row)).passed === false) red.push(row.id);
      }
      await run.stop();
      const { rows = [] } = PROTECTIONS.find((protection) => protection.without === without) ?? {};
      assert.deepEqual(
        red,
        rows.filter((id) => letters.includes(id.charAt(0))),
      );
    });
  }

  it("are listed in docs/security-testing.md", () => {
    const lines = readFileSync(DOCUMENT, "utf8").split("\n");
    for (const { without, missing, rows } of PROTECTIONS) {
      const line = `| \`${without}\` | ${missing} | ${rows.join(" ")} |`;
      assert.ok(lines.includes(line), `This line is missing: ${line}`);
    }
  });
});
