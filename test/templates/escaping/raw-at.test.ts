import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { contextAfter, fillIn, problemOf } from "./fill-in.ts";

describe("rawAt", () => {
  it("goes on as if what was printed had closed all that it opened", () => {
    const pages: readonly (readonly [template: string, value: string, page: string])[] = [
      ["{{ v|raw }}<p>{{ v }}", "<b>", "<b><p>&lt;b&gt;"],
      ["<p {{ v|raw }}>{{ v }}", "a", "<p a>a"],
      ["<h{{ v|raw }} class='{{ v }}'>", "1", "<h1 class='1'>"],
      ["<p title={{ v|raw }} class=a>", "b", '<p title="b" class=a>'],
      ['<p style="{{ v|raw }}; width: {{ v }}">', "1", '<p style="1; width: 1">'],
      ["<script>{{ v|raw }}</script>{{ v }}", "<", "<script><</script>&lt;"],
      ["<!--{{ v|raw }}-->{{ v }}", "<", "<!--<-->&lt;"],
      ['<iframe srcdoc="{{ v|raw }}">', "a", '<iframe srcdoc="a">'],
    ];
    for (const [template, value, page] of pages) assert.equal(fillIn(template, value), page, template);
  });

  it("lets nothing be printed where what was printed decides how", () => {
    const problems: readonly (readonly [template: string, problem: RegExp])[] = [
      ['<a href="{{ v|raw }}{{ v }}">', /different parts of the URL/],
      ['<a href="{{ v|raw }}:">', /A colon here makes a scheme/],
      ["<script>{{ v|raw }}; a = {{ v }}</script>", /After \|raw in a script/],
      ["<script type={{ v|raw }}>{{ v }}</script>", /a script of this type/],
      ['<meta content="{{ v|raw }}" http-equiv=refresh>', /target of a meta refresh/],
      ["<p {{ v|raw }}a>", /inside of a name or after it/],
      ["<{{ v|raw }}>", /could become any tag/],
      ["<!{{ v|raw }}>", /could become any tag/],
    ];
    for (const [template, problem] of problems) assert.match(problemOf(template), problem, template);
  });

  it("stays in the same place otherwise", () => {
    assert.deepEqual(contextAfter("<title>{{ v|raw }}"), { ...contextAfter("<title>x") });
    assert.deepEqual(contextAfter("<p title='{{ v|raw }}"), contextAfter("<p title='"));
  });
});
