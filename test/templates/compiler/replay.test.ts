import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Frond } from "../../../src/templates/frond.ts";
import type { TemplateError } from "../../../src/templates/template-error.ts";
import { frondOf } from "../frond-of.ts";

describe("a page that waits for promises", () => {
  const calls: unknown[][] = [];

  function frond(template: string): Frond<unknown> {
    calls.length = 0;
    const later = async (...args: unknown[]): Promise<unknown> => {
      calls.push(args);
      return args[0];
    };
    return frondOf({ "page.twig": template })
      .addFunction("later", later)
      .addFilter("awaited", later)
      .addFunction("now", (...args) => {
        calls.push(["now", ...args]);
        return calls.length;
      });
  }

  it("is a promise of it, and calls each function once", async () => {
    const page = frond("{{ now() }}{% for i in 1..2 %}{{ later(i) }}{% endfor %}{{ 3|awaited }}{{ now(1) }}").render(
      "page.twig",
      {},
      0,
    );
    assert.ok(page instanceof Promise);
    assert.equal(await page, "11235");
    assert.deepEqual(calls, [["now"], [1], [2], [3], ["now", 1]]);
  });

  it("is no promise where nothing has to be waited for", () => {
    assert.equal(frond("{% if a %}{{ later(1) }}{% endif %}{{ now() }}").render("page.twig", {}, 0), "1");
  });

  it("waits in conditions, arguments, arrows, blocks, macros and captures too", async () => {
    const template =
      "{% macro m(a) %}{{ a|awaited }}{% endmacro %}{% if later(1) %}{{ later(later(2)) }}{% endif %}" +
      "{{ [3, 4]|map(v => later(v))|join }}{% block b %}{{ later(5) }}{% endblock %}{{ _self.m(6) }}{% set x %}{{ later(7) }}{% endset %}{{ x }}";
    assert.equal(await frond(template).render("page.twig", {}, 0), "234567");
    assert.equal(calls.length, 8);
  });

  it("has one time, and one chance", async () => {
    let time = 1_000;
    const clock = "{{ random(1000000) }} {{ 'now'|date('U') }}";
    const engine = frondOf({ "page.twig": `${clock} {{ wait() }}${clock}` }, { now: () => time });
    engine.addFunction("wait", async () => {
      time += 1_000;
    });
    assert.match(await engine.render("page.twig", {}, 0), /^\d+ 1 \d+ 1$/);
  });

  it("escapes what the promise gives", async () => {
    assert.equal(await frond("{{ later('<') }}").render("page.twig", {}, 0), "&lt;");
  });

  it("fails at the call when the promise does, with what it was rejected with as its cause", async () => {
    const cause = new Error("The shop is closed.");
    const engine = frondOf({ "page.twig": "a\n{{ bad() }}" }).addFunction("bad", () => Promise.reject(cause));
    await assert.rejects(
      async () => engine.render("page.twig", {}, 0),
      (error: TemplateError) => {
        assert.equal(error.code, "TEMPLATE_FAILED");
        assert.match(error.message, /^page\.twig:2:4: The shop is closed\./);
        assert.equal(error.cause, cause);
        return true;
      },
    );
  });

  it("fails when its data takes another way the next time", async () => {
    const data = { name: "a" };
    const engine = frondOf({ "page.twig": "{{ first(name) }}{{ second() }}" });
    engine.addFunction("first", (name) => name).addFunction("second", async () => (data.name = "b"));
    await assert.rejects(async () => engine.render("page.twig", data, 0), { code: "TEMPLATE_FAILED" });
  });

  it("waits for a thousand promises, and no more", async () => {
    const engine = frond("{% for i in 1..count %}{{ later('.') }}{% endfor %}");
    assert.equal((await engine.render("page.twig", { count: 1_000 }, 0)).length, 1_000);
    await assert.rejects(
      async () => engine.render("page.twig", { count: 1_001 }, 0),
      /A page may wait for 1000 promises/,
    );
  });

  it("leaves no rejection behind that nobody handles, also of a promise it does not wait for", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    const late = async (i: unknown): Promise<unknown> => {
      if (i === 1_001) throw new Error("late");
      return i;
    };
    const engine = frondOf({ "page.twig": "{% for i in 1..1001 %}{{ late(i) }}{% endfor %}" }).addFunction(
      "late",
      late,
    );
    await assert.rejects(async () => engine.render("page.twig", {}, 0), /A page may wait for 1000 promises/);
    await new Promise(setImmediate);
    process.off("unhandledRejection", note);
    assert.deepEqual(unhandled, []);
  });

  it("shows what an iterator gave, although that gives it once", async () => {
    const engine = frond("{% for row in rows %}{{ row }}{% endfor %}{{ later('!') }}");
    const rows = [1, 2, 3].values();
    assert.equal(await engine.render("page.twig", { rows }, 0), "123!");
  });

  it("takes three seconds for all of its attempts, without what it waits for, and no more", async () => {
    let time = 0;
    const engine = frondOf(
      { "page.twig": "{% for i in 1..n %}{{ work() }}{{ wait() }}{% endfor %}" },
      { now: () => time },
    );
    engine.addFunction("work", () => {
      time += 100;
      return ".";
    });
    engine.addFunction("wait", async () => {
      await undefined;
      time += 60_000;
    });
    assert.equal((await engine.render("page.twig", { n: 30 }, 0)).length, 30);
    await assert.rejects(async () => engine.render("page.twig", { n: 40 }, 0), /A page may take 3000 milliseconds/);
  });

  it("renders many pages at once without mixing them up", async () => {
    const engine = frond("{{ later(a) }}{{ a }}{{ later(a) }}");
    const pages = await Promise.all([1, 2, 3].map((a) => engine.render("page.twig", { a }, 0)));
    assert.deepEqual(pages, ["111", "222", "333"]);
  });
});
