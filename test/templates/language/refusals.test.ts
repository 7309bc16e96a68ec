import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { refusalOf } from "./read.ts";

function assertRefused(rows: Readonly<Record<string, string>>): void {
  for (const [written, refusal] of Object.entries(rows)) assert.equal(refusalOf(written), refusal, written);
}

describe("what is never closed", () => {
  it("is named where it begins", () => {
    assertRefused({
      "a\n {{ b": '2:2 This "{{" is never closed. Write "}}".',
      "{% if a": '1:1 This "{%" is never closed. Write "%}".',
      "a\n{# b": '2:1 This comment has no end. Write "#}" behind it.',
      "{% verbatim %} a": "1:1 This {% verbatim %} is never closed. Write {% endverbatim %} behind it.",
      "\n{% for a in b %}\n{% if c %}{% endif %}":
        "2:4 The {% for %} of line 2 is never closed. Write {% endfor %} behind it.",
      "{% block a %}": "1:4 The {% block %} of line 1 is never closed. Write {% endblock %} behind it.",
      "{{ f(a }}": '1:5 This "(" is never closed.',
      "{% set a = [1 %}": '1:12 This "[" is never closed.',
      "{{ (a] }}": '1:4 This "(" is not closed before "]".',
      "{{ a) }}": '1:5 Nothing is open that this ")" could close.',
      '{{ "a }}': '1:4 This text has no end. Write " behind it.',
      "{{ 'a\\": "1:4 This text has no end. Write ' behind it.",
      '{{ "a#{b" }}': '1:9 This text has no end. Write " behind it.',
      "{{ a %}": '1:6 "{{" ends with "}}", not "%}".',
      "{% do a }}": '1:9 "{%" ends with "%}", not "}}".',
    });
  });
});

describe("a tag that does not exist", () => {
  it("is answered with the nearest name, or with what to write instead", () => {
    assertRefused({
      "{% blok a %}": '1:4 There is no tag "blok". Did you mean "block"?',
      "{% elsif a %}": '1:4 There is no tag "elsif". Did you mean "elseif"?',
      "{% for a in b %}{% endfr %}": '1:20 There is no tag "endfr". Did you mean "endfor"?',
      "{% end %}": '1:4 There is no tag "end".',
      "{% if a %}{% end %}": '1:14 There is no tag "end". Write {% endif %}.',
      "{% if a %}{% else if b %}{% endif %}": "1:19 Write {% elseif … %}, in one word.",
      "{% constructor %}": '1:4 There is no tag "constructor".',
      "{% autoescape %}":
        '1:4 There is no tag "autoescape". Every place escapes what is printed there; write |raw for what is markup already.',
      "{% spaceless %}": '1:4 There is no tag "spaceless". Write {%- and -%} where white space shall go.',
      "{% raw %}": '1:4 There is no tag "raw". Write {% verbatim %} for text that is no template, and |raw for markup.',
      "{% %}": '1:4 The name of a tag after "{%" is missing; "%}" stands there.',
    });
  });

  it("is told apart from one in the wrong place", () => {
    assertRefused({
      "{% endif %}": "1:4 {% endif %} cannot stand here: no {% if %} is open.",
      "\n{% if a %}{% endfor %}": "2:14 {% endfor %} cannot stand here: the {% if %} of line 2 is still open.",
      "{% else %}": "1:4 {% else %} cannot stand here: no {% if %} is open.",
      "{% if a %}{% else %}{% elseif b %}{% endif %}":
        "1:24 {% elseif %} cannot stand here: the {% if %} of line 1 is still open.",
      "{% endverbatim %}": "1:4 {% endverbatim %} cannot stand here: no {% verbatim %} is open.",
    });
  });
});

describe("a layout", () => {
  const IN_BLOCKS = "A template that extends another one shows only its blocks. Put this into a {% block %}.";

  it("is extended once, and first of all", () => {
    assertRefused({
      '{% extends "a" %}{% extends "b" %}': "1:21 A template extends only one other.",
      '{% set a = 1 %}{% extends "b" %}': "1:19 {% extends %} is the first tag of a template.",
      '{% if a %}{% extends "b" %}{% endif %}': "1:14 {% extends %} is the first tag of a template.",
    });
  });

  it("shows nothing outside of blocks", () => {
    assertRefused({
      '{% extends "a" %}\n\n  b': `3:3 ${IN_BLOCKS}`,
      'b{% extends "a" %}': `1:1 ${IN_BLOCKS}`,
      '{% extends "a" %}{{ b }}': `1:18 ${IN_BLOCKS}`,
      '{% extends "a" %}{% include "b" %}': `1:21 ${IN_BLOCKS}`,
      '{% extends "a" %}{% if b %}{% else %} c{% endif %}': `1:39 ${IN_BLOCKS}`,
      '{% extends "a" %}{% for b in c %}{% block d %}{% endblock %}{% endfor %}':
        "1:37 A block is filled in any case. Put the condition or loop into the block.",
    });
  });

  it("names each block once, and not in a macro", () => {
    assertRefused({
      "{% block a %}{% endblock %}\n{% block a %}{% endblock %}":
        '2:10 There is a block "a" already, on line 1. Give this one another name.',
      "{% block a %}{% block a %}{% endblock %}{% endblock %}":
        '1:23 There is a block "a" already, on line 1. Give this one another name.',
      "{% block a %}{% endblock b %}": '1:26 {% endblock b %} ends "a". Write that name, or none.',
      "{% macro a() %}{% block b %}{% endblock %}{% endmacro %}": "1:19 A macro cannot hold a block.",
    });
  });
});

describe("a tag with a mistake in it", () => {
  it("is refused at the place, with what belongs there", () => {
    assertRefused({
      "{% if %}": '1:7 A value is missing; "%}" stands there.',
      "{% if a b %}": '1:9 "%}" is missing; "b" stands there.',
      "{% for a of b %}": '1:10 "in" is missing after the variables of the loop; "of" stands there.',
      "{% for a in b if c %}": "1:15 A loop has no condition. Write in list|filter(v => …), or an {% if %} in it.",
      "{% set a, b = 1 %}": "1:4 Here are 2 names and 1 values. Each name needs one value.",
      "{% set a, b %}{% endset %}": "1:4 What a {% set %} encloses has only one name.",
      "{% set true = 1 %}": '1:8 "true" means something else already and can be no variable.',
      "{% set a = v => v %}": "1:14 A function with an arrow stands only where an argument does.",
      '{% include "a" ignore %}': '1:23 "missing" is missing after "ignore"; "%}" stands there.',
      '{% import "a" %}': '1:15 "as" is missing after the template; "%}" stands there.',
      "{% macro a %}": '1:12 "(" is missing after the name of the macro; "%}" stands there.',
      "{% macro a(b, b) %}": '1:15 The parameter "b" is named twice.',
      "{% macro a() %}{% endmacro %}\n{% macro a() %}{% endmacro %}": '2:10 There is a macro "a" already, on line 1.',
      "{% macro a() %}{% macro b() %}": "1:19 A macro cannot hold another one.",
      "{% apply %}": '1:10 The name of the filter is missing; "%}" stands there.',
      "{{ include() }}": "1:4 include() needs the name of a template.",
      '{{ include("a", sandboxed: true) }}':
        "1:28 include() takes template, variables, with_context, ignore_missing, and nothing else.",
      '{{ include("a", with_context: b) }}': '1:31 "with_context" of include() is either true or false.',
    });
  });
});

describe("an expression with a mistake in it", () => {
  it("is refused at the place, with what belongs there", () => {
    assertRefused({
      "{{ }}": "1:1 There is nothing to print between {{ and }}.",
      "{{ a b }}": '1:6 "}}" is missing; "b" stands there.',
      "{{ a + }}": '1:8 A value is missing; "}}" stands there.',
      "{{ a | }}": '1:8 The name of the filter is missing; "}}" stands there.',
      "{{ a. }}": '1:7 A name is missing after "."; "}}" stands there.',
      "{{ [1 2] }}": '1:7 "," is missing after an item of the list; "2" stands there.',
      "{{ {1 + 1: 2} }}": '1:7 ":" is missing after a key; "+" stands there.',
      "{{ {[]: 2} }}": '1:5 A key is missing: a name, a text, a number or an expression in brackets; "[" stands there.',
      "{% if {{ a }} %}": '1:8 Inside of a tag or print, names are written without "{{ }}".',
      "{{ f(a: 1, 2) }}": "1:12 Arguments with a name come last.",
      "{{ f(a: 1, a: 2) }}": '1:12 The argument "a" is given twice.',
      "{{ f((a, a) => 1) }}": '1:10 The parameter "a" is named twice.',
      "{{ and }}": '1:4 "and" is an operator and cannot be a name.',
      "{{ a matches b }}": '1:14 A pattern stands behind "matches" as a text, so that no data can become one.',
      "{{ 9e999 }}": "1:4 This number is too large.",
      "{{ @ }}": '1:4 "@" has no meaning here.',
      "{{ 😀 }}": '1:4 "😀" has no meaning here.',
    });
  });

  it("calls nothing but functions, filters, tests and macros", () => {
    const METHODS = "Templates call no methods. Give the page the value, or register a function or filter.";
    assertRefused({
      "{{ a.b.c() }}": `1:8 ${METHODS}`,
      "{{ 'a'.b() }}": `1:8 ${METHODS}`,
      "{{ f().b() }}": `1:8 ${METHODS}`,
      "{{ a.0() }}": `1:6 ${METHODS}`,
      "{{ a['b']() }}": "1:10 Only functions, filters, tests and macros can be called.",
      "{{ f()() }}": "1:7 Only functions, filters, tests and macros can be called.",
    });
  });

  it("is answered with Twig's sign where it has another language's", () => {
    assertRefused({
      "{{ a && b }}": '1:6 Write "and" instead of "&&".',
      "{{ [a || b] }}": '1:7 Write "or" instead of "||".',
      "{{ !a }}": '1:4 Write "not" instead of "!".',
      "{% if a = b %}": '1:9 Write "==" to compare, and {% set %} to assign.',
      "{{ f(...a) }}": '1:6 Nothing is spread in templates. Join lists with the filter "merge".',
      "{% do a; %}": '1:8 Nothing ends with ";" in templates.',
    });
  });

  it("escapes only what needs it, so that no backslash is lost unseen", () => {
    assertRefused({
      '{{ "\\d" }}': '1:5 "\\d" stands for nothing. Write "\\\\d" for a backslash.',
      "{{ 'a\\#{b}' }}": '1:6 "\\#" stands for nothing. Write "\\\\#" for a backslash.',
      '{{ "\\xe9" }}': '1:5 "\\xe9" is no character of ASCII. Write the character itself.',
      '{{ "\\377" }}': '1:5 "\\377" is no character of ASCII. Write the character itself.',
    });
  });
});
