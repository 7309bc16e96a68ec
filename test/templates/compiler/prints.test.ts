import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { problemOf, rendered } from "../frond-of.ts";

describe("what is printed", () => {
  it("is escaped, whatever it is", () => {
    assert.equal(rendered("{{ v }}", { v: "<b>&\"'`" }), "&lt;b&gt;&amp;&quot;&#39;&#96;");
    assert.equal(rendered("{{ v }}", { v: ["<", { toString: () => ">" }] }), "&lt;,&gt;");
  });

  it("is text of the template where the template has it in quotes", () => {
    assert.equal(rendered("{{ '<br>' }}{{ 5 }}{{ true }}{{ null }}{{ a ? '<i>' : '<u>' }}"), "<br>51<u>");
    assert.equal(rendered("<input {{ a ? 'checked' }} {{ b ? 'disabled' }}>", { a: 1 }), "<input checked >");
  });

  it("has each branch of a condition escaped for itself", () => {
    assert.equal(rendered("{{ a ? '<b>' : v }}{{ a ? v : v|raw }}", { v: "<" }), "&lt;<");
  });

  it("goes out as it stands with |raw alone", () => {
    assert.equal(
      rendered('{{ v|raw }}<i title="{{ v|raw }}">{{ v|upper|raw }}', { v: "&lt;" }),
      '&lt;<i title="&lt;">&LT;',
    );
    assert.match(problemOf("{{ v|raw(1) }}"), /The filter "raw" takes no arguments/);
  });

  it("is markup with |raw inside of an expression, which counts in text alone", () => {
    assert.equal(rendered('{% set m = v|raw %}{{ m }}<i title="{{ m }}">', { v: "<b>" }), '<b><i title="&lt;b&gt;">');
  });

  it("is not escaped twice by |e", () => {
    assert.equal(rendered("{{ v|e }}{{ v|escape('html') }}{{ v|e|upper }}", { v: "<b" }), "&lt;b&lt;b&lt;B");
  });

  it("is escaped as the place asks, and no template chooses another way", () => {
    assert.match(problemOf("{{ v|e('js') }}"), /^page\.twig:1:\d+: Values are escaped for the place where they stand/);
    assert.match(problemOf("{{ v|escape(strategy: how) }}"), /Values are escaped for the place/);
    assert.match(problemOf("{% autoescape false %}{{ v }}{% endautoescape %}"), /^page\.twig:1:\d+: /);
  });

  it("is markup where markup is joined to markup, and else a text", () => {
    const template = "{% set m %}<b>{% endset %}{{ m ~ m }}{{ m ~ v }}{{ '<i>' ~ m }}";
    assert.equal(rendered(template, { v: "<" }), "<b><b>&lt;b&gt;&lt;&lt;i&gt;&lt;b&gt;");
  });

  it("is what apply makes of a body", () => {
    assert.equal(rendered("{% apply upper|trim %} {{ v }} {% endapply %}", { v: "a" }), "A");
    assert.equal(rendered("{% apply upper %}{% apply lower %}A{% endapply %}b{% endapply %}"), "AB");
  });

  it("is nothing for do", () => {
    assert.equal(rendered("{% do 1 + 1 %}."), ".");
  });
});

describe("the place of a value", () => {
  it("is followed through branches and loops", () => {
    const template = "<a {% if a %}title='{% else %}href='{% endif %}";
    assert.match(problemOf(`${template}{{ v }}'>`), /^page\.twig:1:\d+: /);
    const link = '<a href="{% if a %}{{ v }}{% else %}/x{% endif %}">';
    assert.equal(rendered(link, { a: 1, v: "/?a=<" }), '<a href="/?a=%3C">');
    assert.equal(
      rendered("<p{% for k in [1, 2] %} data-a{{ '' }}='{{ k }}'{% endfor %}>"),
      "<p data-a='1' data-a='2'>",
    );
  });

  it("is one behind all branches, or the template is refused at its tag", () => {
    assert.match(problemOf("a\n{% if a %}<p {% endif %}"), /^page\.twig:2:4: The branches end in different places/);
  });

  it("is the same at the end of a loop as at its beginning", () => {
    assert.match(problemOf("{% for a in b %}<p {% endfor %}"), /^page\.twig:1:4: A loop has to end where it began/);
    assert.match(
      problemOf("{% for a in b %}{% else %}<p {% endfor %}"),
      /^page\.twig:1:4: The loop and its "else" end/,
    );
  });

  it("is text again at the end of a page, and of what is captured", () => {
    assert.match(problemOf("<script>"), /^page\.twig:1:9: The page ends within a tag, comment, script/);
    assert.match(problemOf("{% set a %}<p {% endset %}"), /^page\.twig:1:4: This has to end where it began/);
  });

  it("is refused where no value can be made safe, at the print", () => {
    assert.match(problemOf("<p {{ v }}>"), /^page\.twig:1:4: A value cannot be an attribute/);
    assert.match(problemOf("a\n<{{ v }}>"), /^page\.twig:2:2: /);
  });
});
