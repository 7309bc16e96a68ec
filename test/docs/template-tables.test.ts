import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { parseTemplate } from "../../src/templates/language/parse-template.ts";
import { TemplateSource } from "../../src/templates/template-source.ts";
import { PROJECT_ROOT } from "../structure/project-files.ts";
import { templateRows } from "./template-tables.ts";

const DOCUMENT = readFileSync(`${PROJECT_ROOT}docs/reference/templates.md`, "utf8");
const ROWS = templateRows(DOCUMENT);

describe("the tables of the template language", () => {
  for (const { title, template, result } of ROWS) {
    it(title, () => {
      const parse = () => parseTemplate(new TemplateSource("row.twig", template));
      if ("refusal" in result) assert.throws(parse, { problem: result.refusal });
      else parse();
    });
  }
});
