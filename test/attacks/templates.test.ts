import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Frond } from "../../src/templates/frond.ts";
import { frondOf } from "../templates/frond-of.ts";

const MARKUP = "<script>alert('1')</script>\"&`";
const ESCAPED = "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;&#96;";

describe("attacks on templates", () => {
  function render(template: string, data: Readonly<Record<string, unknown>> = {}): unknown {
    return frondOf({ "page.twig": template }).render("page.twig", data, undefined);
  }

  it("X01: markup in a value stays text, in text and in both kinds of quotes", () => {
    assert.equal(render("{{ v }}", { v: MARKUP }), ESCAPED);
    assert.equal(render(`<i title="{{ v }}" id='{{ v }}'>`, { v: MARKUP }), `<i title="${ESCAPED}" id='${ESCAPED}'>`);
  });

  it("X02: a value that is no text is escaped after it was converted", () => {
    const values = [
      [MARKUP],
      new String(MARKUP),
      { toString: () => MARKUP },
      { toJSON: () => MARKUP, toString: () => MARKUP },
    ];
    for (const v of values) assert.equal(render("{{ v }}", { v }), ESCAPED);
    assert.equal(render("{{ v }}", { v: { __html: MARKUP, html: MARKUP, toHTML: () => MARKUP } }), "[object Object]");
    const forged = Object.assign(Object.create(null), { html: MARKUP, toString: () => MARKUP });
    assert.equal(render("{{ v }}", { v: forged }), ESCAPED);
  });

  it("X07: there is no way to render a text, and a text is never read as a template", () => {
    const frond: Frond<unknown> = frondOf({});
    const names = Object.getOwnPropertyNames(Object.getPrototypeOf(frond));
    assert.deepEqual(names.sort(), [
      "addFilter",
      "addFunction",
      "addGlobal",
      "addTest",
      "check",
      "constructor",
      "has",
      "names",
      "render",
    ]);
    assert.equal(render("{{ v }}{{ v|raw }}", { v: "{{ 7 * 7 }}" }), "{{ 7 * 7 }}{{ 7 * 7 }}");
    assert.throws(() => render("{{ template_from_string(v) }}", { v: "{{ 1 }}" }), { code: "TEMPLATE_INVALID" });
  });

  it("X08: nothing leads from a value to a function or a prototype", () => {
    const harmless = [
      ...[
        "v.constructor",
        "v.__proto__",
        "v['constructor']['constructor']",
        "v.prototype",
        "v.toString",
        "range.constructor",
      ],
      ...[
        "[].constructor",
        "''.constructor",
        "{}.constructor",
        "(1).constructor",
        "loop.constructor",
        "[]|map(a => a.constructor)|join",
      ],
      ...[
        "attribute(v, 'constructor')",
        "attribute(v, '__proto__')",
        "v.secret",
        "v.method",
        "constructor",
        "__proto__",
        "v[key]",
      ],
    ];
    class Row {
      #secret = "secret";
      get secret(): string {
        return this.#secret;
      }
      method(): string {
        return this.#secret;
      }
    }
    const key = { toString: () => "constructor" };
    for (const expression of harmless) {
      assert.equal(render(`[{{ ${expression} }}]`, { v: new Row(), key }), "[]", expression);
    }
    const refused = [
      "v.constructor.constructor('return process')()",
      "[].map(v)",
      "_self",
      "v.method()",
      "(v.method)()",
      "'a'|map('system')",
    ];
    for (const expression of refused)
      assert.throws(() => render(`{{ ${expression} }}`, { v: new Row() }), /page\.twig:1:/, expression);
  });

  it("X08: a function in the data is never called, wherever it is put", () => {
    const called: string[] = [];
    const fn = (...args: unknown[]): void => void called.push(String(args));
    const template =
      "{{ f }}{{ o.f }}{{ l[0] }}{{ l|first }}{{ f ? 'yes' }}{{ o.f is defined ? 'yes' }}{{ l|join }}{{ f ~ 'a' }}{{ l|json_encode|length > 0 }}";
    assert.equal(render(template, { f: fn, o: { f: fn }, l: [fn] }), "a1");
    for (const filter of ["map", "filter", "sort", "reduce"]) {
      assert.throws(() =>
        render(`{{ [1, 2]|${filter}(f)|join }}{{ [1, 2]|${filter}(l|first)|join }}`, { f: fn, l: [fn] }),
      );
    }
    assert.deepEqual(called, []);
  });

  it("X08: what data itself owns may have any name, and a Proxy shows what it owns", () => {
    const own = JSON.parse('{ "__proto__": 1, "constructor": 2 }');
    assert.equal(render("{{ v.__proto__ }}{{ v.constructor }}", { v: own }), "12");
    assert.equal(render("{{ v.a }}{{ v.b }}", { v: new Proxy({ a: 1 }, { get: () => "!" }) }), "!");
    assert.equal(
      render("{% set __proto__ = 5 %}{{ __proto__ }}{{ {}.a }}{% set h = { __proto__: { a: 1 } } %}{{ h.a }}"),
      "5",
    );
    assert.equal(Reflect.get({}, "a"), undefined);
  });

  it("X09: a page that never ends is ended", () => {
    const endless = [
      "{% for i in 1..1000000000 %}{% endfor %}",
      "{{ range(1, 1000000000)|length }}",
      "{% include 'page.twig' %}",
    ];
    endless.push("{% macro m() %}{{ _self.m() }}{% endmacro %}{{ _self.m() }}", "{% include name %}");
    endless.push("{% for a in 1..1000 %}{% for b in 1..1000 %}{% endfor %}{% endfor %}");
    for (const template of endless)
      assert.throws(() => render(template, { name: "page.twig" }), { code: "TEMPLATE_FAILED" }, template);
  });

  it("X09: a value that holds itself, or one part many times, is given up where it would be gone through", () => {
    const circle: Record<string, unknown> = {};
    circle.secret = circle;
    let many: unknown[] = [];
    for (let level = 0; level < 40; level += 1) many = [many, many];
    for (const template of ["<script>x = {{ v }}</script>", "{{ v|json_encode }}", "{{ v|url_encode }}"]) {
      for (const v of [circle, many]) {
        assert.throws(
          () => render(template, { v }),
          (error: Error) => /holds itself|too deep|values/.test(error.message) && !error.message.includes("secret"),
          template,
        );
      }
    }
  });

  it("X09: no value names more templates than can be looked for, and none is shown at length", () => {
    const names = new Array(21).fill("other.twig");
    assert.throws(() => render("{% include names ignore missing %}", { names }), /Up to 20 templates/);
    assert.throws(
      () => render("{% include name %}", { name: "x".repeat(1_000_000) }),
      (error: Error) => error.message.length < 1_000,
    );
  });

  it("no value decides where an import map leads", () => {
    assert.throws(() => render('<script type="importmap">{"imports": {"a": "{{ v }}"}}</script>'), {
      code: "TEMPLATE_INVALID",
    });
  });

  it("X10: a name from data leads to no other file", () => {
    const names = [
      "../secret",
      "/etc/passwd",
      "a\0.twig",
      "https://evil.example/a.twig",
      "file:///etc/passwd",
      "..\\secret",
      "./page.twig",
    ];
    for (const name of names) {
      assert.throws(() => render("{% include name %}", { name }), { code: "TEMPLATE_FAILED" }, name);
      assert.throws(() => render("{% include name ignore missing %}", { name }), { code: "TEMPLATE_FAILED" }, name);
      assert.throws(() => render("{% extends name %}", { name }), { code: "TEMPLATE_FAILED" }, name);
    }
  });

  it("X19: the names of parameters are escaped like their values", () => {
    const query = { [MARKUP]: "1" };
    assert.equal(
      render("{% for name, value in query %}{{ name }}{% endfor %}{{ query|keys|join }}", { query }),
      ESCAPED + ESCAPED,
    );
  });
});
