import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { frondOf, problemOf, rendered } from "../frond-of.ts";

const LAYOUT = "<title>{% block title %}Shop{% endblock %}</title>{% block body %}{% endblock %}";

describe("a template that extends another one", () => {
  it("is shown in its blocks, and the other's stand where it has none", () => {
    const page = '{% extends "layout.twig" %}{% block body %}<p>{{ v }}</p>{% endblock %}';
    assert.equal(rendered({ "layout.twig": LAYOUT, "page.twig": page }, { v: "<" }), "<title>Shop</title><p>&lt;</p>");
  });

  it("is escaped for the place where the layout puts its blocks", () => {
    const layout = '<a href="{% block link %}{% endblock %}" onclick="go({% block call %}{% endblock %})">';
    const page =
      '{% extends "layout.twig" %}{% block link %}{{ v }}{% endblock %}{% block call %}{{ v }}{% endblock %}';
    const shown = rendered({ "layout.twig": layout, "page.twig": page }, { v: "javascript:alert(1)" });
    assert.doesNotMatch(shown, /href="javascript:/);
    assert.match(shown, /onclick="go\(&quot;javascript:alert\(1\)&quot;\)"/);
  });

  it("extends over any number of levels, each of which can show what it replaces", () => {
    const files = {
      "base.twig": "{% block a %}base{% endblock %}",
      "middle.twig": '{% extends "base.twig" %}{% block a %}{{ parent() }} middle{% endblock %}',
      "page.twig": '{% extends "middle.twig" %}{% block a %}{{ parent() }} page{% endblock %}',
    };
    assert.equal(rendered(files), "base middle page");
  });

  it("runs what stands outside of its blocks before the layout is shown", () => {
    const page = '{% extends "layout.twig" %}{% set name = "set" %}{% block a %}{{ name }}{% endblock %}';
    assert.equal(rendered({ "layout.twig": "{{ name }} {% block a %}{% endblock %}", "page.twig": page }), "set set");
  });

  it("overrides blocks inside of blocks", () => {
    const layout = "{% block outer %}({% block inner %}layout{% endblock %}){% endblock %}";
    const page = '{% extends "layout.twig" %}{% block inner %}page{% endblock %}';
    assert.equal(rendered({ "layout.twig": layout, "page.twig": page }), "(page)");
  });

  it("takes the first of several layouts that exists", () => {
    const page = '{% extends ["none.twig", "layout.twig"] %}{% block title %}T{% endblock %}';
    assert.equal(rendered({ "layout.twig": LAYOUT, "page.twig": page }), "<title>T</title>");
  });

  it("finds its layout while it is rendered, where the name is computed", () => {
    const frond = frondOf({
      "a.twig": "<a>{% block b %}{% endblock %}{{ onlyHere }}</a>",
      "b.twig": '{% extends "a.twig" %}{% block b %}{{ parent() }}b{% endblock %}',
      "page.twig": '{% extends name ~ ".twig" %}{% block b %}{{ parent() }}page{% endblock %}',
    });
    const render = (name: string): unknown => frond.render("page.twig", { name, onlyHere: "!" }, undefined);
    assert.equal(render("a"), "<a>page!</a>");
    assert.equal(render("b"), "<a>bpage!</a>");
    assert.throws(
      () => render("page"),
      /page\.twig:1:\d+: These templates extend each other in a circle: page\.twig → page\.twig/,
    );
    assert.throws(() => render("../page"), /page\.twig:1:\d+: "\.\.\/page\.twig" is no name/);
    assert.throws(() => render("none"), { code: "TEMPLATE_MISSING" });
  });

  it("is refused when it extends itself in a circle, which is named", () => {
    const files = { "page.twig": '{% extends "a.twig" %}', "a.twig": '{% extends "page.twig" %}' };
    assert.match(problemOf(files), /^a\.twig:1:13: .* in a circle: page\.twig → a\.twig → page\.twig\.$/);
  });

  it("is refused when there is no such layout, with the one that may have been meant", () => {
    const files = { "page.twig": '{% extends "layuot.twig" %}', "layout.twig": "" };
    assert.match(
      problemOf(files, {}, "TEMPLATE_MISSING"),
      /There is no template "layuot\.twig"\. Did you mean "layout\.twig"\?$/,
    );
  });
});

describe("a block that no layout has", () => {
  const refusal = (page: string, layout = LAYOUT): string =>
    problemOf({ "layout.twig": layout, "page.twig": `{% extends "layout.twig" %}${page}` });

  it("is refused where its name is nearly that of one which a layout has", () => {
    assert.equal(
      refusal("\n{% block boby %}x{% endblock %}"),
      'page.twig:2:4: No layout has a block "boby". Did you mean "body"?',
    );
    const files = {
      "layout.twig": LAYOUT,
      "section.twig": '{% extends "layout.twig" %}{% block body %}{% block main %}{% endblock %}{% endblock %}',
      "page.twig": '{% extends "section.twig" %}{% block mian %}{% endblock %}',
    };
    assert.match(problemOf(files), /^page\.twig:1:32: No layout has a block "mian"\. Did you mean "main"\?$/);
  });

  it("is left out where it has a name of its own, as for another layout, and shown where block() calls it", () => {
    const page = '{% extends "layout.twig" %}{% block sidebar %}x{% endblock %}';
    assert.equal(rendered({ "layout.twig": LAYOUT, "page.twig": page }), "<title>Shop</title>");
    const computed = '{% extends v ~ ".twig" %}{% block boby %}x{% endblock %}';
    assert.equal(rendered({ "layout.twig": LAYOUT, "page.twig": computed }, { v: "layout" }), "<title>Shop</title>");
    const called =
      '{% extends "layout.twig" %}{% block boby %}x{% endblock %}{% block body %}{{ block("boby") }}{% endblock %}';
    assert.equal(rendered({ "layout.twig": LAYOUT, "page.twig": called }), "<title>Shop</title>x");
  });
});

describe("block() and parent()", () => {
  it("are compiled for the place where they are printed", () => {
    const template = '{% block t %}{{ v }}{% endblock %}<i title="{{ block("t") }}">{% set x = block("t") %}{{ x }}';
    assert.equal(rendered(template, { v: '"' }), '&quot;<i title="&quot;">&quot;');
  });

  it("tell whether a block is there", () => {
    assert.equal(
      rendered("{% block a %}{% endblock %}{{ block('a') is defined ? 1 }}{{ block('b') is defined ? 2 : 3 }}"),
      "13",
    );
  });

  it("are refused where they can show nothing", () => {
    assert.match(
      problemOf("{% block body %}{% endblock %}{{ block('boby') }}"),
      /There is no block "boby"\. Did you mean "body"\?/,
    );
    assert.match(problemOf("{{ parent() }}"), /parent\(\) stands in a block/);
    assert.match(problemOf("{% block a %}{{ parent() }}{% endblock %}"), /No layout has a block "a"/);
    assert.match(problemOf("{{ block(name) }}"), /takes the name of a block as it is/);
  });

  it("end in an error when a block shows itself for ever", () => {
    const problem = problemOf("{% block a %}{{ block('a') }}{% endblock %}", {}, "TEMPLATE_FAILED");
    assert.match(problem, /^page\.twig:1:\d+: .*50 levels deep/);
  });
});
