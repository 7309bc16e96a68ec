import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { Frond } from "../../src/templates/frond.ts";
import type { Expression } from "../../src/templates/language/expression.ts";
import { parseTemplate } from "../../src/templates/language/parse-template.ts";
import { TemplateSource } from "../../src/templates/template-source.ts";
import { PROJECT_ROOT } from "../structure/project-files.ts";
import { operatorLines, templateFiles, templateRows } from "./template-tables.ts";

/** So that this check cannot become empty without anybody noticing. */
const MIN_ROWS = 250;

const DOCUMENT = readFileSync(`${PROJECT_ROOT}docs/reference/templates.md`, "utf8");
/** Thursday, 2 January 2025, 13:04:05 in Greenwich, as the document says. */
const NOW = Date.UTC(2025, 0, 2, 13, 4, 5);

describe("the tables of the template language", () => {
  const rows = templateRows(DOCUMENT);
  const files = templateFiles(DOCUMENT);
  const folder = mkdtempSync(join(tmpdir(), "template-tables-"));
  const frond = new Frond({ folder, checksForChanges: false, now: () => NOW });

  before(() => {
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
    for (const [index, { template }] of rows.entries()) writeFileSync(join(folder, fileOf(index)), template);
  });
  after(() => rmSync(folder, { recursive: true }));

  it("have not become empty", () => {
    assert.ok(rows.length >= MIN_ROWS, `${rows.length} rows`);
    assert.ok(files.has("layout.twig"));
  });

  for (const [index, { title, result }] of rows.entries()) {
    it(title, () => {
      const render = () => frond.render(fileOf(index), {}, undefined);
      if ("refusal" in result) assert.throws(render, { problem: result.refusal });
      else assert.equal(render(), result.page);
    });
  }
});

function fileOf(index: number): string {
  return `row-${index}.twig`;
}

describe("the table of operators", () => {
  const lines = operatorLines(DOCUMENT);

  it("lists them from loose to tight", () => {
    assert.ok(lines.length >= 13, `${lines.length} lines`);
    for (const [index, loose] of lines.entries()) {
      for (const tight of lines[index + 1] ?? []) {
        for (const operator of loose) {
          const text = `{{ a ${operator} b ${tight} c }}`;
          assert.equal(outermost(text), operator, text);
        }
      }
    }
  });
});

function outermost(text: string): string | undefined {
  const [print] = parseTemplate(new TemplateSource("row.twig", text)).body;
  const value: Expression | undefined = print?.kind === "print" ? print.value : undefined;
  return value?.kind === "conditional" ? "?:" : value?.kind === "binary" ? value.operator : undefined;
}

describe("templateRows", () => {
  it("reads the tables with the columns `write` and `get`, and no other", () => {
    const text =
      "## A\n\n| write | get |\n|---|---|\n| `{{ a\\|b }}⏎` | `x` | why |\n| `{{ c }}` | |\n\n| `no` | `row` |\n";
    assert.deepEqual(templateRows(text), [
      { title: "A: `{{ a|b }}⏎`", template: "{{ a|b }}\n", result: { page: "x" } },
      { title: "A: `{{ c }}`", template: "{{ c }}", result: { page: "" } },
    ]);
  });

  it("reads how a template is refused", () => {
    const [row] = templateRows("### A\n| write | get |\n|---|---|\n| `{{ a` | refused: It has no end. |");
    assert.deepEqual(row?.result, { refusal: "It has no end." });
  });
});
