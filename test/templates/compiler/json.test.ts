import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createContext, runInContext } from "node:vm";
import { frondOf, rendered } from "../frond-of.ts";

const HOSTILE = {
  text: "</script><!--<script>\"><b onfocus=x autofocus> ' ` & &quot; \u2028\u2029 \\",
  "</script>": JSON.parse('{"__proto__":["<"]}'),
};
const READ = JSON.stringify(HOSTILE);
const PRINTS = ["{{ v|json_encode }}", "{{ v|json_encode|raw }}"];

/** What the one script of a page leaves in `seen`. */
function seenBy(page: string): unknown {
  const [, script = "", end] = /^<script>(.*?)(<\/script>)/s.exec(page) ?? [];
  assert.equal(end !== undefined && page.length, `<script>${script}${end}`.length);
  const sandbox = createContext({ seen: undefined });
  return runInContext(`${script}; JSON.stringify(seen)`, sandbox);
}

/** What a browser makes of a quoted attribute that holds what we write. */
function attributeOf(tag: string, quote: string): unknown {
  const [, value = "", end] = tag.slice("<p data-x=".length).split(quote);
  assert.equal(end, ">", tag);
  const names: Readonly<Record<string, string>> = { quot: '"', "#39": "'", amp: "&", lt: "<", gt: ">" };
  return value.replace(/&([^;]+);/g, (_, name: string) => names[name] ?? assert.fail(name));
}

describe("json_encode, with |raw behind it or without", () => {
  for (const print of PRINTS) {
    it(`is a value in a script, whatever is in it: ${print}`, () => {
      assert.equal(seenBy(rendered(`<script>seen = ${print};</script>`, { v: HOSTILE })), READ);
      assert.equal(seenBy(rendered(`<script>const a = ${print}; seen = {{ v }};</script>`, { v: HOSTILE })), READ);
      const parsed = `<script>seen = JSON.parse('${print}');</script>`;
      assert.equal(seenBy(rendered(parsed, { v: HOSTILE })), READ);
    });

    it(`is a text in an attribute, which JSON.parse reads: ${print}`, () => {
      for (const quote of ['"', "'"]) {
        const page = rendered(`<p data-x=${quote}${print}${quote}>`, { v: HOSTILE });
        assert.deepEqual(JSON.parse(String(attributeOf(page, quote))), JSON.parse(READ));
      }
    });

    it(`is data in a script of data: ${print}`, () => {
      const page = rendered(`<script type="application/json">${print}</script>`, { v: HOSTILE });
      assert.equal(page.split("</script").length, 2);
      assert.deepEqual(JSON.parse(page.split(/<[^>]*>/)[1] ?? ""), JSON.parse(READ));
    });
  }

  it("goes out as it stands with |raw in text, and where only |raw may stand", () => {
    assert.equal(rendered(PRINTS.join(), { v: ["<"] }), '[&quot;\\u003c&quot;],["\\u003c"]');
    assert.equal(
      rendered("<script>{{ a|raw }}{{ v|json_encode|raw }}</script>", { a: "f()+", v: 1 }),
      "<script>f()+1</script>",
    );
  });

  it("is what the application makes of it, where it has a filter of this name", () => {
    const frond = frondOf({ "page.twig": "<script>f({{ v|json_encode|raw }})</script>" });
    frond.addFilter("json_encode", () => "[mine]");
    assert.equal(frond.render("page.twig", { v: 1 }, undefined), "<script>f([mine])</script>");
  });
});
