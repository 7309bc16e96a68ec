import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { Frond } from "../../src/templates/frond.ts";
import { PROJECT_ROOT } from "../structure/project-files.ts";
import { templateFiles, templateRows } from "./template-tables.ts";

const DOCUMENT = readFileSync(`${PROJECT_ROOT}docs/reference/templates.md`, "utf8");
/** Thursday, 2 January 2025, 13:04:05 in Greenwich. */
const NOW = Date.UTC(2025, 0, 2, 13, 4, 5);

describe("the pages that the tables of the template language promise", () => {
  const folder = mkdtempSync(join(tmpdir(), "tina4-template-pages-"));
  after(() => rmSync(folder, { recursive: true }));
  const frond = new Frond<undefined>({ folder, checksForChanges: false, now: () => NOW });
  for (const [name, text] of templateFiles(DOCUMENT)) writeFileSync(join(folder, name), text);
  for (const [index, { title, template, result }] of templateRows(DOCUMENT).entries()) {
    it(title, () => {
      const name = `row-${index}.twig`;
      writeFileSync(join(folder, name), template);
      const render = () => frond.render(name, {}, undefined);
      if ("refusal" in result) assert.throws(render, { problem: result.refusal });
      else assert.equal(render(), result.page);
    });
  }
});
