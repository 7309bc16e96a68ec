import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { frondOf } from "../frond-of.ts";

const TAGS = 10_000;
/** What is linear takes two or three. What is not takes minutes. */
const MAX_CPU_SECONDS = 20;

const TEMPLATES: Readonly<Record<string, string>> = {
  "text and prints": '<p class="a b" title="{{ v }}">Lorem ipsum dolor sit amet {{ v }}</p>\n'.repeat(TAGS),
  "a script": `<script>${"let a = {{ v }}; /* b */ f('{{ v }}');\n".repeat(TAGS)}</script>`,
  "branches and loops":
    "{% if v %}<b {% if a %}id=a{% endif %}>{% else %}{% for b in v %}{{ b }}{% endfor %}{% endif %}".repeat(TAGS / 4),
  blocks: numbered((n) => `{% block b${n} %}{{ v }}{% endblock %}`),
  "macros that are called": numbered((n) => `{% macro m${n}(a) %}{{ a }}{% endmacro %}{{ _self.m${n}(v) }}`),
  "calls of a long macro": `{% macro m(a) %}{% if a %}${"{{ a }} ".repeat(TAGS)}{% endif %}{% endmacro %}calls: ${"{{ _self.m(0) }}".repeat(TAGS)}`,
  "prints without escaping": "\n{{ v|raw }}".repeat(TAGS),
};

function numbered(write: (n: number) => string): string {
  return Array.from({ length: TAGS }, (_, n) => write(n)).join("");
}

describe("a template of ten thousand tags", () => {
  for (const [what, template] of Object.entries(TEMPLATES)) {
    it(`is compiled, checked and rendered in seconds: ${what}`, () => {
      const frond = frondOf({ "page.twig": template });
      const start = process.cpuUsage();
      assert.ok(frond.render("page.twig", { v: "a" }, undefined).toString().length > 0);
      assert.ok(frond.check().every(({ kind }) => kind === "raw"));
      const { user, system } = process.cpuUsage(start);
      assert.ok(user + system < MAX_CPU_SECONDS * 1e6, `${(user + system) / 1e6} seconds`);
    });
  }
});
