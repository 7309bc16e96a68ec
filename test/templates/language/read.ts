import assert from "node:assert/strict";
import type { Expression } from "../../../src/templates/language/expression.ts";
import type { Template } from "../../../src/templates/language/node.ts";
import { parseTemplate } from "../../../src/templates/language/parse-template.ts";
import { TemplateError } from "../../../src/templates/template-error.ts";
import { TemplateSource } from "../../../src/templates/template-source.ts";

export function read(text: string): Template {
  return parseTemplate(new TemplateSource("page.twig", text));
}

/** What is printed by a template that does nothing else. */
export function readPrint(text: string): Expression {
  const [statement, ...others] = read(text).body;
  assert.ok(statement?.kind === "print" && others.length === 0, `${text} is no print`);
  return statement.value;
}

/** The text that is left when all tags are gone. */
export function readText(text: string): string {
  return read(text)
    .body.map((statement) => (statement.kind === "text" ? statement.text : `<${statement.kind}>`))
    .join("");
}

/** How a template is refused, as `line:column problem`. */
export function refusalOf(text: string): string {
  try {
    read(text);
  } catch (error) {
    assert.ok(error instanceof TemplateError, `${text} ends with ${error}`);
    assert.equal(error.code, "TEMPLATE_INVALID");
    return `${error.line}:${error.column} ${error.problem}`;
  }
  return assert.fail(`${text} is not refused`);
}
