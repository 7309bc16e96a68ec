import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { frondOf } from "./frond-of.ts";

describe("the check of all templates", () => {
  it("finds nothing where nothing is wrong", () => {
    const layout = "<title>{% block a %}{% endblock %}</title>";
    assert.deepEqual(frondOf({ "a.twig": '{% extends "b.twig" %}', "b.twig": layout }).check(), []);
  });

  it("lists every file that cannot be compiled, also in macros that nobody calls", () => {
    const findings = frondOf({
      "a.twig": "\n{{ v|nope }}",
      "b/c.twig": "<p {{ v }}>",
      "d.twig": "{% macro m() %}{{ nope() }}{% endmacro %}",
      "e.twig": new Uint8Array([0xff]),
      ".hidden.twig": "{{ v|nope }}",
    }).check();
    assert.deepEqual(
      findings.map(({ kind, file, line, column }) => `${kind} ${file}:${line}:${column}`),
      ["error a.twig:2:6", "error b/c.twig:1:4", "error d.twig:1:19", "error e.twig:1:1"],
    );
    assert.match(findings[0]?.problem ?? "", /^There is no filter "nope"\./);
  });

  it("names a mistake once, however many templates stand on it", () => {
    const files = { "a.twig": '{% include "c.twig" %}', "b.twig": '{% include "c.twig" %}', "c.twig": "{{ v|nope }}" };
    assert.deepEqual(
      frondOf(files)
        .check()
        .map(({ file }) => file),
      ["c.twig"],
    );
  });

  it("takes a part that makes sense only inside of a page as it is used there", () => {
    const files = { "page.twig": '{% include "head.twig" %}title="{{ v }}">', "head.twig": "<p " };
    assert.deepEqual(frondOf(files).check(), []);
    assert.equal(frondOf({ "head.twig": "<p " }).check().length, 1);
  });

  it("lists every use of |raw, in whatever it stands", () => {
    const template =
      "{{ a|raw }}\n{% if b|raw %}{% endif %}{% macro m() %}{{ c|raw|upper }}{% endmacro %}{% block x %}{{ d|raw }}{% endblock %}";
    const findings = frondOf({ "a.twig": template }).check();
    assert.deepEqual(
      findings.map(({ kind, line, column }) => `${kind} ${line}:${column}`),
      ["raw 1:6", "raw 2:9", "raw 2:46", "raw 2:90"],
    );
  });
});
