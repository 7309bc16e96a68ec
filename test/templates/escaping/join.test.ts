import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Context, contextKey, PAGE_TEXT } from "../../../src/templates/escaping/context.ts";
import { join } from "../../../src/templates/escaping/join.ts";
import { UnsafePlace } from "../../../src/templates/escaping/unsafe-place.ts";
import { follow } from "./fill-in.ts";

/** A template in which `[a|b]` stands for branches. What comes after the last of them is followed once. */
function endOf(template: string): string {
  try {
    const context = afterBranches(template);
    return context === undefined ? "apart" : context.state;
  } catch (error) {
    if (error instanceof UnsafePlace) return error.problem;
    throw error;
  }
}

function afterBranches(template: string): Context | undefined {
  let context: Context | undefined = PAGE_TEXT;
  for (const piece of template.split(/(\[[^\]]*\])/)) {
    const from: Context = context;
    const branches = piece.startsWith("[") ? piece.slice(1, -1).split("|") : [piece];
    context = join(branches.map((branch) => follow(branch, ["x"], from).context));
    if (context === undefined) return undefined;
  }
  return context;
}

const FITTING = [
  "<option[ selected|]>x",
  "<option [selected|]>x",
  '<option [selected |]value="1">x',
  '<option[ selected|] value="{{ v }}">x',
  '<p class="a[ b|]">x',
  '<p [class="a"|] title="{{ v }}">x',
  "<p [class=\"a\"|class='b']>x",
  "<p[ class=a|]>x",
  '<a href="/x[?q={{ v }}|]">x',
  '<a href="/x[?q={{ v }}|]#{{ v }}">x',
  '<a href="/x[?q={{ v }}|]&r={{ v }}">x',
  '<a href="[/a|{{ v }}]">x',
  '<p style="[width: {{ v }}px|]">x',
  '<p style="[width: {{ v }}px|]; height: {{ v }}">x',
  '<p style="[width: 1px;|]height: {{ v }}">x',
  "<[ol|ul]>x</[ol|ul]>x",
  "<[b|i] class='{{ v }}'>x",
  "<script>a = [1|2]; b = {{ v }};</script>x",
  "<script>f({{ v }}[,|] {{ v }})</script>x",
  "<script>a = [b|c / d|] ;</script>x",
  "<script [type=module|]>a = {{ v }}</script>x",
  "<script [src='/x'|] type=application/json>{{ v }}</script>x",
  "[<b>|<i>]{{ v }}",
  "<textarea>[a|]{{ v }}</textarea>x",
  "<svg>[<g>|]{{ v }}</svg>x",
];

const ERRORS: Readonly<Record<string, string>> = {
  '<a href="/x[?q={{ v }}|]{{ v }}">': "The branches before end in different parts of the URL",
  '<a href="[{{ v }}|http]:{{ v }}">': "A colon here makes a scheme",
  '<a href="[java|vb]script:{{ v }}">': "A URL with this scheme can run code",
  '<a href="[javascript:|]{{ v }}">': "A URL with this scheme can run code",
  "<option[ selected|]x>": "The branches before end inside of a name or after it",
  '<a [title|]="{{ v }}">': "The branches before end inside of a name or after it",
  '<p style="[width: 1px|]{{ v }}">': "What stands before leaves open",
  "<script>a = ['|]{{ v }}</script>": "The branches before leave the script in different places",
  "<script>f([)|a]) / {{ v }}</script>": "A slash before may be a division",
  "<script>va[r|]x; {{ v }}</script>": "The branches before end in the middle of a word",
  "<script [type=text/html|]>{{ v }}</script>": "Nobody can say how a script of this type is read",
  '<meta [http-equiv=refresh|] content="{{ v }}">': "No value is safe in a meta refresh",
  '<img srcset="/a [1x|]{{ v }}">': "none",
  '<img srcset="/a[ 1x|]{{ v }}">': "The branches before end in different parts of the list",
};

const APART = [
  "<b[>|]",
  "<!--[-|]",
  "<p title=[\"|']",
  "<p title=[a|]",
  "<[script|b]>",
  "[<script>|]",
  "[<svg>|]",
  "<title>[</|]",
  "[<!--|]",
  '<p title="["|]',
];

describe("join", () => {
  it("makes one of branches that end alike, or that differ in nothing that a later print needs", () => {
    for (const template of FITTING) assert.equal(endOf(template), "text", template);
  });

  it("leaves the error to the print where branches differ in what it would need", () => {
    for (const [template, problem] of Object.entries(ERRORS)) {
      if (problem === "none") assert.notEqual(endOf(template), "apart", template);
      else assert.equal(endOf(template).slice(0, problem.length), problem, template);
    }
  });

  it("says so when branches end in places that cannot be one", () => {
    for (const template of APART) assert.equal(endOf(template), "apart", template);
  });

  it("remembers through branches of branches that a value may still become a scheme", () => {
    const after = (...branches: readonly string[]) =>
      join(branches.map((branch) => follow(`<a href="${branch}`, ["javascript"]).context)) as Context;
    const [open, closed] = [after("{{ v }}", "/a"), after("/a", "?a")];
    for (const both of [join([open, closed]), join([closed, open])]) {
      assert.throws(() => follow(":", [], both), { problem: /^A colon here makes a scheme/ });
    }
  });

  it("does not depend on the order of branches", () => {
    for (const template of [...FITTING, ...Object.keys(ERRORS)]) {
      const turned = template.replace(
        /\[([^\]]*)\]/g,
        (_all, inner: string) => `[${inner.split("|").reverse().join("|")}]`,
      );
      assert.equal(endOf(turned), endOf(template), turned);
    }
  });

  it("has the same key for the same context, and is itself joined to itself", () => {
    const one = follow('<a href="/x?', ["x"]).context;
    const other = follow("<a href='/y?".replaceAll("'", '"'), ["x"]).context;
    assert.equal(contextKey(one), contextKey(other));
    assert.notEqual(contextKey(one), contextKey(PAGE_TEXT));
    assert.equal(join([one, other]), one);
    assert.equal(join([one]), one);
  });
});
