import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { readAttackOptions } from "../../attack/attack-options.ts";
import { skip } from "../cli/fixtures/built-package.ts";

const COMMAND = fileURLToPath(new URL("../../scripts/attack.mjs", import.meta.url));
const TIMEOUT_MS = 120_000;

function attack(...args: readonly string[]) {
  return spawnSync(process.execPath, [COMMAND, ...args], { encoding: "utf8", timeout: TIMEOUT_MS });
}

describe("the options of npm run attack", () => {
  const refused: readonly (readonly [args: readonly string[], error: string])[] = [
    [["--without", "TINA4_CRSF=false"], 'There is no setting TINA4_CRSF. Did you mean "TINA4_CSRF"?'],
    [["--without", "TINA4_CSRF"], "--without takes NAME=value, not TINA4_CSRF."],
    [["--only", "Z9"], "No row begins with Z9."],
    [["--url", "https://shop.example"], "--url takes http://127.0.0.1 and a port: this attacks nobody else."],
    [["--url", "8000"], "--url takes http://127.0.0.1 and a port: this attacks nobody else."],
  ];
  for (const [args, message] of refused) {
    it(`are refused where they are wrong: ${args.join(" ")}`, () => {
      assert.throws(() => readAttackOptions(args), { message });
    });
  }

  it("choose rows by the beginnings of their ids, and the settings that are replaced", () => {
    const { rows, overrides, port } = readAttackOptions([
      ...["--only", "J25,R0", "--without", "TINA4_CSP=a=b", "--without", "TINA4_HSTS="],
      ...["--url", "http://127.0.0.1:8000"],
    ]);
    assert.ok(rows.length > 1 && rows.every(({ id }) => /^(?:J25|R0)/.test(id)));
    assert.deepEqual([overrides, port], [{ TINA4_CSP: "a=b", TINA4_HSTS: "" }, 8000]);
  });
});

describe("npm run attack", { skip, concurrency: 2 }, () => {
  it("says in one line what is wrong with its options, and sends nothing", () => {
    const { status, stdout, stderr } = attack("--without", "TINA4_CRSF=false");
    assert.deepEqual([status, stdout, stderr], [1, "", 'There is no setting TINA4_CRSF. Did you mean "TINA4_CSRF"?\n']);
  });

  it("ends with the words of an application that does not start, and sends nothing", () => {
    const { status, stdout, stderr } = attack("--without", "TINA4_CSRF=maybe", "--only", "C09");
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, /^The application did not start:\n[\s\S]*TINA4_CSRF must be true or false/);
  });
});
