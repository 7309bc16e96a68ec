import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { frondOf, problemOf, rendered } from "../frond-of.ts";

describe("a render", () => {
  const failing = (files: Readonly<Record<string, string>> | string, data = {}): string =>
    problemOf(files, data, "TEMPLATE_FAILED");

  it("makes 100,000 rounds of all of its loops together, and no more", () => {
    const template = "{% for a in 1..n %}{% for b in list %}{% endfor %}{% endfor %}done";
    const list = new Array(99).fill(1);
    assert.equal(rendered(template, { n: 990, list }), "done");
    assert.match(failing(template, { n: 1_000, list }), /^page\.twig:1:\d+: A page may take 100000 steps/);
  });

  it("counts the items of ranges, written either way", () => {
    assert.match(failing("{% set a = 1..60000 %}{% set b = range(1, 60000) %}"), /A page may take 100000 steps/);
  });

  it("calls arrows a million times, and no more", () => {
    const template = "{{ list|map(a => list|map(b => b)|length)|length }}";
    assert.equal(rendered(template, { list: new Array(900).fill(1) }), "900");
    assert.match(failing(template, { list: new Array(1_001).fill(1) }), /arrows of a page may be called 1000000 times/);
  });

  it("takes three seconds, and no more, wherever it takes them", () => {
    let time = 0;
    const work = (): string => {
      time += 100;
      return ".";
    };
    const endless = [
      "{% for i in 1..40 %}{{ work() }}{% endfor %}",
      "{{ (1..40)|map(i => work())|join }}",
      `{% macro m() %}{{ work() }}{% endmacro %}${"{{ _self.m() }}".repeat(40)}`,
    ];
    for (const template of endless) {
      const engine = frondOf({ "page.twig": template }, { now: () => time }).addFunction("work", work);
      assert.throws(() => engine.render("page.twig", {}, 0), /A page may take 3000 milliseconds/, template);
    }
  });

  it("draws a million random numbers, and no more", () => {
    assert.match(failing("{{ text|shuffle }}", { text: "a".repeat(1_000_002) }), /draw 1000000 random numbers/);
  });

  it("nests includes, macros and blocks 50 levels deep, and no more", () => {
    const include = "{{ n }}{% if n > 1 %}{% include 'page.twig' with { n: n - 1 } %}{% endif %}";
    assert.equal(rendered(include, { n: 50 }), Array.from({ length: 50 }, (_, level) => 50 - level).join(""));
    assert.match(failing(include, { n: 51 }), /^page\.twig:1:\d+: .*50 levels deep/);
    const macro = "{% macro m() %}{{ _self.m() }}{% endmacro %}{{ _self.m() }}";
    assert.match(failing(macro), /^page\.twig:1:\d+: .*50 levels deep/);
    assert.match(failing({ "page.twig": "{% include name %}" }, { name: "page.twig" }), /50 levels deep/);
  });

  it("ends also where includes multiply without going deep", () => {
    const twice = "{% include 'page.twig' with { n: n - 1 } %}".repeat(2);
    assert.match(failing(`{% if n > 0 %}${twice}{% endif %}`, { n: 40 }), /A page may take 100000 steps/);
  });

  it("shows 10 MiB, and no more", () => {
    const template = "{% for i in 1..n %}{{ text }}{% endfor %}";
    const text = "a".repeat(1024 * 1024);
    assert.equal(rendered(template, { n: 10, text }).length, 10 * 1024 * 1024);
    assert.match(failing(template, { n: 11, text }), /A page may have 10485760 characters/);
    assert.match(failing(`{% set a %}${template}{% endset %}`, { n: 11, text }), /A page may have 10485760 characters/);
    assert.match(failing("{{ text }}".repeat(11), { text }), /A page may have 10485760 characters/);
  });

  it("ends where a text doubles itself", () => {
    assert.match(
      failing("{% set a = 'aaaaaaaa' %}{% for i in 1..100 %}{% set a = a ~ a %}{% endfor %}"),
      /10485760 characters/,
    );
  });
});
