import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { before, describe, it } from "node:test";
import { FAULTS, REFUSALS } from "../../src/errors.ts";
import * as tina4 from "../../src/index.ts";
import * as testing from "../../src/testing/index.ts";
import { PROJECT_ROOT } from "../structure/project-files.ts";
import { buildFault } from "./workshop.ts";

const page = (name: string): string => readFileSync(`${PROJECT_ROOT}docs/reference/${name}`, "utf8");

describe("docs/reference", () => {
  before(() => assert.equal(buildFault(), undefined));

  it("is what scripts/reference.mjs prints", () => {
    const script = [`${PROJECT_ROOT}scripts/reference.mjs`, "--check"];
    const { status, stdout, stderr } = spawnSync(process.execPath, script, { encoding: "utf8" });
    assert.equal(stdout + stderr, "");
    assert.equal(status, 0);
  });

  it("has a section for every value that can be imported, and every method of the request and the response", () => {
    const text = page("api.md");
    for (const name of [...Object.keys(tina4), ...Object.keys(testing)])
      assert.ok(text.includes(`\n### ${name}\n`), name);
    for (const member of [
      "get body(): Body",
      "header(name: string)",
      "rawBody: Uint8Array",
      "render(template: string",
    ]) {
      assert.ok(text.includes(`\n| \`${member}`), member);
    }
    assert.doesNotMatch(text, /@internal|#private|\bundefined \|\s*$/m);
  });

  it("has a row for every code of an error, with what to do", () => {
    const codes = Array.from(page("errors.md").matchAll(/^\| `([A-Z_\d]+)` \|.* \| \S.* \|$/gm), ([, code]) => code);
    assert.deepEqual(codes, [...Object.keys(REFUSALS), ...Object.keys(FAULTS)]);
  });
});
