import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { APPLIED } from "../../../src/templates/language/expression.ts";
import type { Statement } from "../../../src/templates/language/node.ts";
import { read } from "./read.ts";
import { showExpression } from "./show-expression.ts";

const a = { kind: "name", name: "a" };
const b = { kind: "name", name: "b" };
const text = (written: string) => ({ kind: "text", text: written });
const literal = (value: unknown) => ({ kind: "literal", value });

/** What a template is read into, without places and without what is undefined. */
function plain(statements: readonly Statement[]): unknown {
  return JSON.parse(JSON.stringify(statements, (key, value) => (key === "at" ? undefined : value)));
}

function assertReads(written: string, ...statements: readonly object[]): void {
  assert.deepEqual(plain(read(written).body), statements, written);
}

describe("if", () => {
  it("has branches, and one that remains", () => {
    assertReads("{% if a %}1{% endif %}", { kind: "if", branches: [{ test: a, body: [text("1")] }], otherwise: [] });
    assertReads("{% if a %}1{% elseif b %}2{% else %}3{% endif %}", {
      kind: "if",
      branches: [
        { test: a, body: [text("1")] },
        { test: b, body: [text("2")] },
      ],
      otherwise: [text("3")],
    });
  });
});

describe("for", () => {
  it("names the value, or key and value", () => {
    const loop = { kind: "for", sequence: a, body: [], otherwise: [] };
    assertReads("{% for v in a %}{% endfor %}", { ...loop, value: "v" });
    assertReads("{% for k, v in a %}{% endfor %}", { ...loop, key: "k", value: "v" });
  });

  it("has something to show when there is nothing", () => {
    const loop = { kind: "for", value: "v", sequence: a, body: [text("1")], otherwise: [text("2")] };
    assertReads("{% for v in a %}1{% else %}2{% endfor %}", loop);
  });
});

describe("set", () => {
  it("gives several names their values", () => {
    assertReads("{% set x, y = a, b %}", { kind: "set", names: ["x", "y"], values: [a, b] });
  });

  it("captures what it encloses", () => {
    assertReads("{% set x %}1{% endset %}", { kind: "capture", name: "x", body: [text("1")] });
  });
});

describe("block", () => {
  it("has a long and a short form", () => {
    assertReads("{% block x %}1{% endblock %}", { kind: "block", name: "x", body: [text("1")] });
    assertReads("{% block x %}1{% endblock x %}", { kind: "block", name: "x", body: [text("1")] });
    assertReads("{% block x a %}", { kind: "block", name: "x", body: [{ kind: "print", value: a }] });
  });

  it("is known to its template, also inside of another", () => {
    const { blocks } = read("{% block x %}{% if a %}{% block y %}{% endblock %}{% endif %}{% endblock %}");
    assert.deepEqual([...blocks.keys()].sort(), ["x", "y"]);
  });
});

describe("extends", () => {
  it("is the parent, of which only blocks and what they need may follow", () => {
    const written = `{# first #}
      {% extends "layout.twig" %}
      {% set x = 1 %}{% import "forms.twig" as forms %}{% macro m() %}1{% endmacro %}{% if a %}{% set x = 2 %}{% endif %}
      {% block title %}1{% endblock %}`;
    const { parent, blocks, macros } = read(written);
    assert.equal(showExpression(parent), '"layout.twig"');
    assert.deepEqual([[...blocks.keys()], [...macros.keys()]], [["title"], ["m"]]);
  });

  it("may name the parent by any expression", () => {
    assert.equal(showExpression(read("{% extends a ? b : ['c', d] %}").parent), '(a ? b : ["c", d])');
  });
});

describe("include", () => {
  const include = { kind: "include", template: literal("x"), isAlone: false, ignoresMissing: false };

  it("takes data, hides the rest, and bears that a template is missing", () => {
    assertReads('{% include "x" %}', include);
    assertReads('{% include "x" with a %}', { ...include, data: a });
    assertReads('{% include "x" only %}', { ...include, isAlone: true });
    assertReads('{% include "x" ignore missing with a only %}', {
      ...include,
      data: a,
      isAlone: true,
      ignoresMissing: true,
    });
  });

  it("is the same as the function where that stands alone in a print", () => {
    assertReads('{{ include("x") }}', include);
    assertReads('{{ include("x", a, with_context = false, ignore_missing: true) }}', {
      ...include,
      data: a,
      isAlone: true,
      ignoresMissing: true,
    });
    assertReads('{{ include("x") ~ a }}', {
      kind: "print",
      value: {
        kind: "binary",
        operator: "~",
        left: { kind: "call", name: "include", args: [{ value: literal("x") }] },
        right: a,
      },
    });
  });
});

describe("macro", () => {
  it("has parameters with defaults", () => {
    const macro = {
      kind: "macro",
      name: "m",
      parameters: [{ name: "x" }, { name: "y", fallback: literal(1) }, { name: "z", fallback: literal(2) }],
      body: [text("1")],
    };
    assertReads("{% macro m(x, y = 1, z: 2) %}1{% endmacro %}", macro);
    assertReads("{% macro m(x, y = 1, z: 2,) %}1{% endmacro m %}", macro);
  });

  it("is imported alone or with its template, also from the same one", () => {
    const whole = { kind: "import", alias: "f", names: [] };
    assertReads('{% import "x" as f %}', { ...whole, template: literal("x") });
    assertReads("{% import _self as f %}", whole);
    const names = [
      { macro: "m", alias: "m" },
      { macro: "n", alias: "o" },
    ];
    assertReads('{% from "x" import m, n as o %}', { kind: "import", template: literal("x"), names });
    assertReads("{% from _self import m, n as o %}", { kind: "import", names });
  });
});

describe("with, apply and do", () => {
  it("give a body names of its own", () => {
    assertReads("{% with %}1{% endwith %}", { kind: "with", isAlone: false, body: [text("1")] });
    assertReads("{% with a only %}1{% endwith %}", { kind: "with", data: a, isAlone: true, body: [text("1")] });
    assertReads("{% with only %}1{% endwith %}", { kind: "with", isAlone: true, body: [text("1")] });
  });

  it("apply filters to the text of a body", () => {
    const inner = { kind: "filter", name: "f", value: { kind: "name", name: APPLIED }, args: [{ value: a }] };
    const value = { kind: "filter", name: "g", value: inner, args: [] };
    assertReads("{% apply f(a)|g %}1{% endapply %}", { kind: "apply", value, body: [text("1")] });
  });

  it("evaluate without showing", () => {
    assertReads("{% do a %}", { kind: "do", value: a });
  });
});
