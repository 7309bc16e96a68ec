import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { frondOf, problemOf, rendered } from "../frond-of.ts";

const FORMS = '{% macro input(name, type = "text") %}<input name="{{ name }}" type="{{ type }}">{% endmacro %}';

describe("a macro", () => {
  it("is called by its file, or imported by name, with arguments in order or by name", () => {
    const page =
      '{% import "f.twig" as f %}{% from "f.twig" import input as i %}{{ f.input("a") }}{{ i(type: "b", name: 1) }}';
    assert.equal(
      rendered({ "page.twig": page, "f.twig": FORMS }),
      '<input name="a" type="text"><input name="1" type="b">',
    );
  });

  it("sees its arguments and the globals, and nothing of the page", () => {
    const frond = frondOf({ "page.twig": "{% macro m(a) %}{{ a }}{{ b }}{{ site }}{% endmacro %}{{ _self.m(1) }}" });
    assert.equal(frond.addGlobal("site", "S").render("page.twig", { a: 5, b: 6 }, undefined), "1S");
  });

  it("leaves the variables of the page alone", () => {
    assert.equal(
      rendered("{% macro m(a) %}{% set b = 2 %}{% endmacro %}{% set b = 1 %}{{ _self.m(3) }}{{ a }}{{ b }}"),
      "1",
    );
  });

  it("gives markup, which is escaped again only where it is no text", () => {
    const template = '{% macro m(v) %}<b>{{ v }}</b>{% endmacro %}{% set m = _self.m("<") %}{{ m }}<i title="{{ m }}">';
    assert.equal(rendered(template), '<b>&lt;</b><i title="&lt;b&gt;&lt;&lt;/b&gt;">');
  });

  it("finds null where an argument is left out, and the rest in varargs", () => {
    const template = "{% macro m(a, b) %}{{ b is defined ? 'd' }}{{ varargs|join(',') }};{% endmacro %}";
    assert.equal(rendered(`${template}{{ _self.m(1) }}{{ _self.m(1, 2, 3, 4) }}`), "d;d3,4;");
  });

  it("is known in the blocks and macros of a file that imports it, and may call itself", () => {
    const files = {
      "page.twig": '{% extends "l.twig" %}{% import "f.twig" as f %}{% block a %}{{ f.input(1) }}{% endblock %}',
      "l.twig": "{% block a %}{% endblock %}",
      "f.twig": FORMS,
    };
    assert.equal(rendered(files), '<input name="1" type="text">');
    const down =
      "{% import _self as me %}{% macro down(n) %}{{ n }}{% if n > 0 %}{{ me.down(n - 1) }}{% endif %}{% endmacro %}";
    assert.equal(rendered(`${down}{{ me.down(3) }}`), "3210");
  });

  it("is defined where it was imported, and is there", () => {
    const files = (tested: string) => ({
      "f.twig": FORMS,
      "page.twig": `{% import "f.twig" as f %}{% from "f.twig" import input as field %}{% macro own() %}{% endmacro %}{{ ${tested} is defined ? "yes" : "no" }}`,
    });
    for (const tested of ["f.input", "f.input(1)", "field", "field(1)", "_self.own", "_self.own()"]) {
      assert.equal(rendered(files(tested)), "yes", tested);
    }
    for (const tested of ["f.inptu", "f.inptu(1)", "input", "_self.input", "f", "g.input"]) {
      assert.equal(rendered(files(tested)), "no", tested);
    }
  });

  it("is refused with arguments that it does not take", () => {
    const files = { "f.twig": FORMS };
    const problem = (call: string): string =>
      problemOf({ ...files, "page.twig": `{% import "f.twig" as f %}{{ ${call} }}` });
    assert.match(problem("f.input(1, 2, 3)"), /The macro "input" takes at most 2 arguments: "name", "type"\.$/);
    assert.match(problem("f.input(nmae: 1)"), /The macro "input" has no argument "nmae"\. Did you mean "name"\?$/);
    assert.match(problem("f.input(1, name: 1)"), /The macro "input" is given "name" twice\.$/);
    assert.match(problem("f.inptu(1)"), /"f\.twig" has no macro "inptu"\. Did you mean "input"\?$/);
    assert.match(problem("g.input(1)"), /Nothing is imported as "g", and templates call no methods/);
  });

  it("is imported from a file that is named, and exists", () => {
    assert.match(problemOf("{% import name as f %}"), /Which macros there are has to be known beforehand/);
    assert.match(problemOf('{% import "f.twig" as f %}', {}, "TEMPLATE_MISSING"), /There is no template "f\.twig"/);
  });

  it("has to end where it begins", () => {
    assert.match(
      problemOf("{% macro m() %}<p {% endmacro %}{{ _self.m() }}"),
      /^page\.twig:1:4: .*has to end where it began/,
    );
  });
});
