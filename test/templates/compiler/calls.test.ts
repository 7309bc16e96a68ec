import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { frondOf, problemOf, rendered } from "../frond-of.ts";

describe("a call in a template", () => {
  it("gives filters, functions and tests their arguments in order, or by name", () => {
    assert.equal(rendered("{{ [1, 2, 3]|slice(length: 1, start: 1)|join }}{{ range(1, 5, step: 2)|join }}"), "2135");
    assert.equal(rendered("{{ 6 is divisible by(3) ? 'y' }}{{ 5 is not divisible by(3) ? 'n' }}"), "yn");
  });

  it("of a name that does not exist is refused, with the one that may have been meant", () => {
    assert.equal(problemOf("a {{ v|uper }}"), 'page.twig:1:8: There is no filter "uper". Did you mean "upper"?');
    assert.match(problemOf("{{ rnage(1, 2) }}"), /There is no function "rnage"\. Did you mean "range"\?$/);
    assert.match(problemOf("{{ v is evne }}"), /There is no test "evne"\. Did you mean "even"\?$/);
    assert.match(problemOf("{{ path('a') }}"), /There is no function "path"\. Write url\(name, \{…\}\)\.$/);
    assert.match(problemOf("{{ v|safe }}"), /There is no filter "safe"\. Write \|raw for what is markup already\.$/);
    assert.match(problemOf("{{ v|constructor }}"), /There is no filter "constructor"\. Register it with addFilter\.$/);
  });

  it("is refused with too few, too many or unknown arguments", () => {
    assert.match(problemOf("{{ v|upper(1) }}"), /The filter "upper" takes no arguments\.$/);
    assert.match(problemOf("{{ range(1) }}"), /The function "range" needs the argument "high"\.$/);
    assert.match(problemOf("{{ v|slice(0, 1, 2) }}"), /takes at most 2 arguments: "start", "length"\.$/);
    assert.match(problemOf("{{ v|slice(0, strat: 1) }}"), /has no argument "strat"\. Did you mean "start"\?$/);
    assert.match(problemOf("{{ v|slice(0, start: 1) }}"), /is given "start" twice\.$/);
    assert.match(problemOf("{{ v is defined(1) }}"), /The test "defined" takes no arguments\.$/);
  });

  it("of include() stands alone in its print", () => {
    assert.match(problemOf("{{ include('a')|upper }}"), /include\(\) stands alone in its print/);
  });

  it("with a pattern is refused where the pattern is not in the template", () => {
    assert.equal(rendered("{{ v matches '/^a+$/' ? 'yes' }}", { v: "aa" }), "yes");
    assert.match(problemOf("{{ v matches p }}"), /^page\.twig:1:14: A pattern stands behind "matches"/);
    assert.match(problemOf("{{ v matches '/(/' }}"), /^page\.twig:1:\d+: This is no pattern/);
  });
});

describe("what the application registers", () => {
  const page = undefined;

  it("is called as function, filter and test, and what it gives is escaped", () => {
    const frond = frondOf({ "page.twig": "{{ f(1, 2) }}{{ 3|g(4) }}{{ 5 is odder(6) ? 'yes' }}{{ site }}" });
    frond
      .addFunction("f", (...args) => `<f ${args}>`)
      .addFilter("g", (...args) => `<g ${args}>`)
      .addTest("odder", (...args) => args.join() === "5,6")
      .addGlobal("site", "<s>");
    assert.equal(frond.render("page.twig", {}, page), "&lt;f 1,2&gt;&lt;g 3,4&gt;yes&lt;s&gt;");
  });

  it("is given what was encoded as a plain text", () => {
    const frond = frondOf({ "page.twig": "{{ v|url_encode|kind }} {{ v|json_encode|kind }}" });
    frond.addFilter("kind", (text) => `${typeof text} ${text}`);
    assert.equal(frond.render("page.twig", { v: "a b" }, page), "string a%20b string &quot;a b&quot;");
  });

  it("is told the page it is asked for, where it comes with the options", () => {
    const functions = { who: (who: unknown, greeting: unknown) => `${greeting} ${who}` };
    const frond = frondOf({ "page.twig": "{{ who('Hello') }}" }, { functions });
    assert.equal(frond.render("page.twig", {}, "Ann"), "Hello Ann");
    assert.equal(frond.render("page.twig", {}, "Bob"), "Hello Bob");
  });

  it("stands in for what the language has, also in templates that are compiled already", () => {
    const frond = frondOf({ "page.twig": "{{ 'a'|upper }}" });
    assert.equal(frond.render("page.twig", {}, page), "A");
    assert.equal(frond.addFilter("upper", () => "mine").render("page.twig", {}, page), "mine");
  });

  it("takes no arguments by name, since it has no names for them", () => {
    const frond = frondOf({ "page.twig": "{{ f(a: 1) }}" }).addFunction("f", () => 1);
    assert.throws(() => frond.render("page.twig", {}, page), /The function "f" has no argument "a"/);
  });

  it("has a name that templates can write, and that is not the language's own", () => {
    const frond = frondOf({});
    for (const name of ["", "a-b", "1a", "a b c"])
      assert.throws(() => frond.addFilter(name, String), { code: "OPTION_INVALID" });
    assert.throws(() => frond.addFilter("raw", String), { code: "OPTION_INVALID" });
    assert.throws(() => frond.addFunction("parent", String), { code: "OPTION_INVALID" });
    assert.throws(() => frond.addTest("defined", Boolean), { code: "OPTION_INVALID" });
    assert.throws(() => frond.addFilter("a", "b" as never), { code: "OPTION_INVALID" });
  });
});
