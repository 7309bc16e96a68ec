import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { problemOf, rendered } from "../frond-of.ts";

describe("the variables of a template", () => {
  it("are the data of the page, of which only what it owns counts", () => {
    assert.equal(rendered("{{ a }}{{ toString }}{{ constructor }}", { a: 1 }), "1");
  });

  it("print nothing where they are missing, at any depth", () => {
    assert.equal(rendered("[{{ a }}{{ a.b.c }}{{ a[0].b }}]"), "[]");
  });

  it("are defined when they are null, and not when they are undefined", () => {
    const template =
      "{{ a is defined ? 'a' }}{{ b is defined ? 'b' }}{{ c.d is defined ? 'd' }}{{ c.e is not defined ? 'e' }}";
    assert.equal(rendered(template, { a: null, b: undefined, c: { d: null } }), "ade");
  });

  it("are set one after the other, several at once from what was before", () => {
    assert.equal(rendered("{% set a, b = 1, 2 %}{% set a, b = b, a %}{{ a }}{{ b }}"), "21");
  });

  it("are defined when nothing was set", () => {
    assert.equal(
      rendered("{% set a = missing %}{{ a is defined ? 'defined' }}{{ a is null ? ' null' }}"),
      "defined null",
    );
  });

  it("hold what was captured, which is not escaped again", () => {
    assert.equal(rendered("{% set a %}<b>{{ v }}</b>{% endset %}{{ a }}", { v: "<" }), "<b>&lt;</b>");
  });

  it("that a loop sets are gone behind it, and what they covered is back", () => {
    assert.equal(
      rendered("{% for k, v in [7] %}{{ k }}{{ v }}{% endfor %}{{ k }}{{ v }}", { v: "before" }),
      "07before",
    );
  });

  it("that are set in a loop remain where they were there before", () => {
    const template = "{% set a = 0 %}{% for i in 1..3 %}{% set a = a + i %}{% set b = i %}{% endfor %}{{ a }}{{ b }}";
    assert.equal(rendered(template), "6");
  });

  it("that are set in a loop in a loop remain as far as they reach", () => {
    const inner = "{% for j in 1..2 %}{% set sum = sum + j %}{% endfor %}";
    assert.equal(rendered(`{% for i in 1..2 %}{% set sum = 0 %}${inner}{{ sum }}{% endfor %}[{{ sum }}]`), "33[]");
  });

  it("are seen by a block where it stands, which keeps to itself what it sets", () => {
    assert.equal(rendered("{% set a = 1 %}{% block b %}{{ a }}{% set a = 2 %}{{ a }}{% endblock %}{{ a }}"), "121");
  });

  it("are covered by those of a with, which end with it", () => {
    const data = { a: 1, b: 2, given: { a: 3 } };
    assert.equal(rendered("{% with given %}{{ a }}{{ b }}{% set b = 4 %}{% endwith %}{{ a }}{{ b }}", data), "3212");
    assert.equal(rendered("{% with given only %}{{ a }}{{ b }}{% endwith %}{{ a }}{{ b }}", data), "312");
  });

  it("cannot be given as something else than a hash", () => {
    assert.match(
      problemOf("{% with [1] %}{% endwith %}", {}, "TEMPLATE_FAILED"),
      /^page\.twig:1:\d+: .*has to be a hash/,
    );
  });

  it("that an arrow names are gone behind it", () => {
    assert.equal(rendered("{% set f = [1, 2]|map(v => v * 2)|join %}{{ f }}{{ v }}", { v: "v" }), "24v");
  });

  it("do not contain the page as a whole", () => {
    assert.match(problemOf("{{ _context }}"), /^page\.twig:1:4: "_context" is no value/);
    assert.match(problemOf("{{ _self }}"), /^page\.twig:1:4: "_self" is no value/);
  });
});

describe("a loop", () => {
  it("knows where it stands", () => {
    const words = ["index", "index0", "revindex", "revindex0", "length", "first", "last"];
    const template = `{% for v in [1, 2] %}${words.map((word) => `{{ loop.${word} }}`).join(",")};{% endfor %}`;
    assert.equal(rendered(template), "1,0,2,1,2,1,;2,1,1,0,2,,1;");
  });

  it("knows the loop around it, and that one is back behind it", () => {
    const inner = "{% for b in 1..2 %}{{ loop.parent.loop.index }}{{ loop.index }} {% endfor %}";
    assert.equal(
      rendered(`{% for a in 1..2 %}${inner}{{ loop.index }};{% endfor %}{{ loop.index }}`),
      "11 12 1;21 22 2;",
    );
  });

  it("is known in what it includes, in its blocks, and in arrows", () => {
    const files = {
      "page.twig": '{% for a in 1..2 %}{% include "row.twig" %}{% block b %}{{ loop.index }}{% endblock %}{% endfor %}',
    };
    assert.equal(rendered({ ...files, "row.twig": "{{ loop.last ? 'L' }}" }), "1L2");
    assert.equal(rendered("{% for a in 1..2 %}{{ [1]|map(v => loop.index)|join }}{% endfor %}"), "12");
  });

  it("goes through lists, mappings, maps, sets and iterators", () => {
    const template = "{% for k, v in of %}{{ k }}={{ v }} {% endfor %}";
    assert.equal(rendered(template, { of: ["a", "b"] }), "0=a 1=b ");
    assert.equal(rendered(template, { of: { x: 1, y: 2 } }), "x=1 y=2 ");
    assert.equal(rendered(template, { of: new Map([["x", 1]]) }), "x=1 ");
    assert.equal(rendered(template, { of: new Set(["a"]).values() }), "0=a ");
  });

  it("shows its else where there is nothing to go through", () => {
    const template = "{% for v in of %}{{ v }}{% else %}none{% endfor %}";
    for (const empty of [[], {}, null, undefined, "text", 5]) assert.equal(rendered(template, { of: empty }), "none");
  });

  it("takes functions in a list for null", () => {
    assert.equal(rendered("{% for v in of %}{{ v is null ? 'null' }}{% endfor %}", { of: [() => 1] }), "null");
  });
});
