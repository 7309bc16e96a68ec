import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HttpError } from "../../../src/errors.ts";
import type { TemplateError } from "../../../src/templates/template-error.ts";
import { frondOf, problemOf } from "../frond-of.ts";

describe("a failure while a page is rendered", () => {
  const failing = (files: Readonly<Record<string, string>>, data = {}): string =>
    problemOf(files, data, "TEMPLATE_FAILED");

  it("names file, line and column, also in what is included, extended and called", () => {
    assert.match(failing({ "page.twig": "a\n  {{ 1 / v }}" }, { v: 0 }), /^page\.twig:2:8: .*zero/);
    assert.match(failing({ "page.twig": '{% include "b.twig" %}', "b.twig": "\n{{ 1 / 0 }}" }), /^b\.twig:2:6: /);
    const child = '{% extends "b.twig" %}\n{% block a %}{{ 1 / 0 }}{% endblock %}';
    assert.match(failing({ "page.twig": child, "b.twig": "{% block a %}{% endblock %}" }), /^page\.twig:2:19: /);
    assert.match(
      failing({ "page.twig": '{% extends "b.twig" %}\n{% set a = 1 / 0 %}', "b.twig": "" }),
      /^page\.twig:2:14: /,
    );
    const macro = '{% import "b.twig" as b %}\n{{ b.m() }}';
    assert.match(
      failing({ "page.twig": macro, "b.twig": "{% macro m() %}\n{{ 1 / 0 }}{% endmacro %}" }),
      /^b\.twig:2:6: /,
    );
  });

  it("names the place in the page again behind an include", () => {
    assert.match(
      failing({ "page.twig": '{% include "b.twig" %}\n{{ 1 / 0 }}', "b.twig": "\n\n{{ 1 / 1 }}" }),
      /^page\.twig:2:6: /,
    );
  });

  it("of a getter names the member, and keeps the cause", () => {
    const cause = new Error("No such column.");
    const row = {
      get name(): string {
        throw cause;
      },
    };
    const frond = frondOf({ "page.twig": "{{ a }}\n{{ row.name }}" });
    assert.throws(
      () => frond.render("page.twig", { row }, undefined),
      (error: TemplateError) => /^page\.twig:2:8: No such column\./.test(error.message) && error.cause === cause,
    );
  });

  it("of a registered function keeps its cause, and an answer stays an answer", () => {
    const frond = frondOf({ "page.twig": "{{ f() }}" });
    const cause = new TypeError("no");
    frond.addFunction("f", () => {
      throw cause;
    });
    assert.throws(() => frond.render("page.twig", {}, undefined), { code: "TEMPLATE_FAILED", cause });
    const answer = new HttpError(404, "Order not found");
    frond.addFunction("f", () => {
      throw answer;
    });
    assert.throws(
      () => frond.render("page.twig", {}, undefined),
      (error) => error === answer,
    );
  });

  it("is what becomes of a value for a script that holds itself, or is nested too deep", () => {
    const circle: unknown[] = [];
    circle.push(circle);
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    for (const type of ["", ' type="application/json"']) {
      const page = `<script${type}>{{ v }}</script>`;
      assert.match(failing({ "page.twig": page }, { v: circle }), /No JSON can be made of a value that holds itself/);
      assert.match(failing({ "page.twig": page }, { v: deep }), /nested too deep/);
    }
  });

  it("leaves nothing behind for the next page", () => {
    const frond = frondOf({ "page.twig": "{% set a = 1 %}{% for b in 1..2 %}{{ 1 / v }}{% endfor %}{{ a }}{{ b }}" });
    assert.throws(() => frond.render("page.twig", { v: 0 }, undefined));
    assert.equal(frond.render("page.twig", { v: 1 }, undefined), "111");
  });
});
