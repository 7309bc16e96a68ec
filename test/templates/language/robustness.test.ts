import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { TemplateError } from "../../../src/templates/template-error.ts";
import { read, readText, refusalOf } from "./read.ts";

const SEED = 20_260_322;
const MEGABYTE = 1_000_000;
/** Where time grows with the square of the length, it takes hours. */
const MAX_CPU_SECONDS = 20;

const PIECES = [
  ..."{}%#-~()[]|.,:?=\"'\\ \n0a",
  ..."{{ |}}|{% |%}|{#|#}|#{|if |endif|for |in |else|set |block |extends |macro |import |as |is |not |verbatim|=>|..|**".split(
    "|",
  ),
];

const LARGE: Readonly<Record<string, string>> = {
  "white space": " ".repeat(MEGABYTE),
  "opening braces": "{".repeat(MEGABYTE),
  "white space in a print": `{{${" ".repeat(MEGABYTE)}a}}`,
  "white space between marks": "   {{- a -}}   ".repeat(MEGABYTE / 20),
  "openings in verbatim": `{% verbatim %}${`{%${" ".repeat(100)}`.repeat(MEGABYTE / 102)}`,
  "hyphens in a comment": `{#${"-".repeat(MEGABYTE)}#}`,
  "comments in a print": `{{${"#\n".repeat(MEGABYTE / 2)}a}}`,
  prints: "{{a}}".repeat(MEGABYTE / 5),
  "open brackets": `{{${"(".repeat(MEGABYTE)}`,
  "closed brackets": `{{${"(".repeat(MEGABYTE / 2)}1${")".repeat(MEGABYTE / 2)}}}`,
  "open texts": `{{${'"#{'.repeat(MEGABYTE / 3)}`,
  "a long list": `{{[${"1,".repeat(MEGABYTE / 2)}]}}`,
  "a long sum": `{{1${"+1".repeat(MEGABYTE / 2)}}}`,
  "a chain of names": `{{a${".a".repeat(MEGABYTE / 2)}}}`,
  "a chain of filters": `{{a${"|a".repeat(MEGABYTE / 2)}}}`,
  "a chain of nots": `{{${"not ".repeat(MEGABYTE / 4)}a}}`,
  "a chain of conditions": `{{${"a?".repeat(MEGABYTE / 2)}a}}`,
  "a chain of powers": `{{${"2**".repeat(MEGABYTE / 3)}2}}`,
  "parameters without an arrow": `{{f((${"a,".repeat(MEGABYTE / 2)}))}}`,
  "named arguments": `{{f(${numbered(MEGABYTE / 12, (n) => `n${n}:1,`)})}}`,
  "an arrow's parameters": `{{f((${numbered(MEGABYTE / 10, (n) => `n${n},`)})=>1)}}`,
  "a macro's parameters": `{% macro m(${numbered(MEGABYTE / 10, (n) => `n${n},`)}) %}{% endmacro %}`,
  blocks: numbered(MEGABYTE / 32, (n) => `{% block n${n} %}{% endblock %}`),
  "open tags": "{% if a %}".repeat(MEGABYTE / 10),
  "many branches": `{% if a %}${"{% elseif a %}".repeat(MEGABYTE / 14)}{% endif %}`,
};

function numbered(count: number, write: (n: number) => string): string {
  return Array.from({ length: Math.floor(count) }, (_, n) => write(n)).join("");
}

describe("any text", () => {
  it("is read, or refused with a TemplateError", () => {
    const text = fc.oneof(
      fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join("")),
      fc.string({ unit: "binary", maxLength: 60 }),
    );
    fc.assert(
      fc.property(text, (written) => {
        try {
          read(written);
        } catch (error) {
          assert.ok(error instanceof TemplateError, String(error));
          assert.equal(error.code, "TEMPLATE_INVALID");
        }
      }),
      { seed: SEED, numRuns: 5000 },
    );
  });

  it("comes back unchanged where nothing opens", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (written) => {
        const text = written.replace(/\{(?=[{%#])/g, "(");
        assert.equal(readText(text), text);
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  it("comes back unchanged between {% verbatim %} and {% endverbatim %}", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES)), (pieces) => {
        const text = pieces.join("");
        assert.equal(readText(`{% verbatim %}${text}{% endverbatim %}`), text);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  it("is what a text in quotes stands for, when its quotes and backslashes are escaped", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const [print] = read(`{{ '${text.replace(/['\\]/g, "\\$&")}' }}`).body;
        assert.ok(print?.kind === "print" && print.value.kind === "literal");
        assert.equal(print.value.value, text);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });
});

describe("a template of a megabyte", () => {
  for (const [what, text] of Object.entries(LARGE)) {
    it(`of ${what} is read in time and with the stack there is`, () => {
      const start = process.cpuUsage();
      try {
        read(text);
      } catch (error) {
        assert.ok(error instanceof TemplateError, String(error));
      }
      assert.ok(process.cpuUsage(start).user < MAX_CPU_SECONDS * 1e6);
    });
  }
});

describe("nesting", () => {
  const nested = (before: string, after: string, depth: number) => `${before.repeat(depth)}${after.repeat(depth)}`;

  it("ends at 100 brackets or tags in one another", () => {
    assert.doesNotThrow(() => read(`{{ ${"(".repeat(98)}1${")".repeat(98)} }}`));
    assert.match(refusalOf(`{{ ${"(".repeat(100)}1${")".repeat(100)} }}`), /^1:104 This is nested more than 100 deep/);
    assert.doesNotThrow(() => read(nested("{% if a %}", "{% endif %}", 99)));
    assert.match(refusalOf(nested("{% if a %}", "{% endif %}", 101)), /nested more than 100 deep/);
  });

  it("ends at 250 operators in one another", () => {
    assert.doesNotThrow(() => read(`{{ a${" ~ b".repeat(249)} }}`));
    assert.match(refusalOf(`{{ a${" ~ b".repeat(250)} }}`), /^1:4 This has more than 250 operators/);
  });
});
