import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { read, readText } from "./read.ts";

function assertLeaves(rows: Readonly<Record<string, string>>): void {
  for (const [written, left] of Object.entries(rows)) assert.equal(readText(written), left, JSON.stringify(written));
}

describe("text", () => {
  it("is what stands outside of tags, prints and comments", () => {
    assertLeaves({ "": "", "a{b}c": "a{b}c", "a {{ b }} c": "a <print> c", "a{# b {{ c }} #}d": "ad", "{#-#}": "" });
  });

  it("loses one line end behind a tag and a comment, none behind a print", () => {
    assertLeaves({
      "{% do a %}\n\nb": "<do>\nb",
      "{% do a %}\r\nb": "<do>b",
      "{# a #}\nb": "b",
      "{{ a }}\nb": "<print>\nb",
      "{% do a %} \nb": "<do> \nb",
    });
  });

  it("loses all white space beside -", () => {
    assertLeaves({
      "a \n\t{{- b -}} \r\n\n c": "a<print>c",
      "a\n {%- do b -%} \n c": "a<do>c",
      "a\n {#- b -#} \n c": "ac",
    });
  });

  it("loses the white space up to the line end beside ~", () => {
    assertLeaves({
      "a\n \t{{~ b ~}} \t\n c": "a\n<print>\n c",
      "a\n {%~ do b ~%} \n c": "a\n<do>\n c",
      "a \n{#~ b ~#} \n c": "a \n\n c",
    });
  });

  it("keeps spaces that are not ASCII", () => {
    assertLeaves({ "a\u00a0{{- b -}}\u00a0c": "a\u00a0<print>\u00a0c" });
  });

  it("is everything in verbatim", () => {
    assertLeaves({
      "{% verbatim %}{{ a }} {% if {# {% endverbatim %}b": "{{ a }} {% if {# b",
      "a {%- verbatim -%} {{ b }} {%- endverbatim -%} c": "a{{ b }}c",
      "{%verbatim%}\n{%endverbatim%}\n": "\n\n",
      "{% verbatim ~%} a {%~ endverbatim ~%} b": "a" + "b",
    });
  });

  it("knows where in the file it begins, also where white space was taken from it", () => {
    const places = read("ab{{ c -}}  d {# #} e").body.map(({ kind, at }) => [kind, at]);
    assert.deepEqual(places, [
      ["text", 0],
      ["print", 2],
      ["text", 12],
      ["text", 19],
    ]);
  });
});
