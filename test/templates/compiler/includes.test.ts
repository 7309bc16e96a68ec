import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { frondOf, problemOf, rendered } from "../frond-of.ts";

describe("an include", () => {
  it("sees all variables, and what it is given covers them", () => {
    const files = {
      "page.twig": '{% set a = 1 %}{% include "b.twig" with { b: 2 } %}{{ a }}{{ b }}',
      "b.twig": "{{ a }}{{ b }} ",
    };
    assert.equal(rendered(files, { b: 3 }), "12 13");
  });

  it("sees nothing else, where it is included with only", () => {
    const files = {
      "page.twig": '{% include "b.twig" with { b: 2 } only %}{% include "b.twig" only %}',
      "b.twig": "[{{ a }}{{ b }}]",
    };
    assert.equal(rendered(files, { a: 1, b: 3 }), "[2][]");
  });

  it("keeps to itself what it sets", () => {
    const files = { "page.twig": '{% set a = 1 %}{% include "b.twig" %}{{ a }}', "b.twig": "{% set a = 2 %}{{ a }}" };
    assert.equal(rendered(files), "21");
  });

  it("is compiled for the place where it stands", () => {
    const page = '{% include "v.twig" %}<a href="{% include "v.twig" %}">{{ include("v.twig") }}</a>';
    const shown = rendered({ "page.twig": page, "v.twig": "{{ v }}" }, { v: "javascript:'" });
    assert.match(shown, /^javascript:&#39;<a href="about:invalid/);
    assert.match(shown, />javascript:&#39;<\/a>$/);
  });

  it("may open what the page closes", () => {
    const files = { "page.twig": '{% include "head.twig" %}title="{{ v }}">', "head.twig": "<p " };
    assert.equal(rendered(files, { v: '"' }), '<p title="&quot;">');
  });

  it("takes the first of several names that exists, and none where that is allowed", () => {
    const page = '{% include ["none.twig", "a.twig"] %}{% include "none.twig" ignore missing %}';
    assert.equal(rendered({ "page.twig": page, "a.twig": "a" }), "a");
  });

  it("may have a layout of its own, whose blocks are no others'", () => {
    const files = {
      "page.twig": '{% block a %}page{% endblock %} {% include "part.twig" %}',
      "part.twig": '{% extends "box.twig" %}{% block a %}part{% endblock %}',
      "box.twig": "[{% block a %}box{% endblock %}]",
    };
    assert.equal(rendered(files), "page [part]");
  });

  it("may include itself as often as the data goes", () => {
    const tree = '{{ t }}{% for node in nodes %}({% include "page.twig" with node only %}){% endfor %}';
    assert.equal(rendered(tree, { t: 1, nodes: [{ t: 2, nodes: [{ t: 3 }] }, { t: 4 }] }), "1(2(3))(4)");
  });

  it("that includes itself has to end where it begins", () => {
    const page = '<p {% if a %}{% include "b.twig" %}{% endif %}>';
    const problem = problemOf({ "page.twig": page, "b.twig": 'title="{% if b %}{% include "b.twig" %}{% endif %}' });
    assert.match(problem, /has to end where it begins|different places/);
  });

  it("is refused where it would be compiled for ever new places", () => {
    assert.match(problemOf('<svg>{% if a %}{% include "page.twig" %}{% endif %}</svg>'), /nested 50 levels deep/);
  });

  it("is refused when there is no such template, at its tag", () => {
    const files = { "page.twig": 'a\n  {% include "part.twgi" %}', "part.twig": "" };
    assert.equal(
      problemOf(files, {}, "TEMPLATE_MISSING"),
      'page.twig:2:6: There is no template "part.twgi". Did you mean "part.twig"?',
    );
  });
});

describe("an include with a computed name", () => {
  const page = "{% include name %}";

  it("is compiled when it is met, and knows the whole page", () => {
    const frond = frondOf({
      "page.twig": "{% set a = 1 %}{% include name with { given: 2 } %}",
      "b.twig": "{{ a }}{{ given }}{{ onlyHere }}",
    });
    assert.equal(frond.render("page.twig", { name: "b.twig", onlyHere: 3 }, undefined), "123");
    assert.equal(frond.render("page.twig", { name: ["none", "b.twig"], onlyHere: 4 }, undefined), "124");
  });

  it("computes the name before it covers variables", () => {
    const files = { "page.twig": "{% include name only %}", "b.twig": "b{{ name }}" };
    assert.equal(rendered(files, { name: "b.twig" }), "b");
  });

  it("fails where the name is none, and where there is no such template", () => {
    assert.match(
      problemOf(page, { name: { a: 1 } }, "TEMPLATE_FAILED"),
      /^page\.twig:1:4: The name of a template has to be a text/,
    );
    assert.equal(problemOf(page, { name: "b" }, "TEMPLATE_MISSING"), 'page.twig:1:4: There is no template "b".');
    assert.equal(rendered("{% include name ignore missing %}", { name: "b" }), "");
  });

  it("stands only in the text of a page, and its template ends there", () => {
    assert.match(problemOf('<p title="{% include name %}">'), /^page\.twig:1:14: Only in the text of a page/);
    const problem = problemOf({ "page.twig": page, "b.twig": "<p " }, { name: "b.twig" }, "TEMPLATE_FAILED");
    assert.match(problem, /^page\.twig:1:4: A template whose name is computed has to end where it begins/);
  });

  it("shows the fault of the template it found", () => {
    assert.match(
      problemOf({ "page.twig": page, "b.twig": "{{ 1|nope }}" }, { name: "b.twig" }),
      /^b\.twig:1:\d+: There is no filter "nope"/,
    );
  });
});
