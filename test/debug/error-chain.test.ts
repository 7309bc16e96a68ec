import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { errorChain } from "../../src/debug/error-chain.ts";
import { Tina4Error } from "../../src/errors.ts";
import { TemplateError } from "../../src/templates/template-error.ts";
import { TemplateSource } from "../../src/templates/template-source.ts";

const chainOf = (thrown: unknown): ReturnType<typeof errorChain> => errorChain(thrown, "/app");
const summary = (thrown: unknown): unknown => chainOf(thrown).map(({ name, code, message }) => [name, code, message]);
const NO_ERROR = "What was thrown is no Error";
const UNREADABLE = [["Unreadable", undefined, "It cannot be shown: looking at it throws another error."]];

function hostile(get: (name: string | symbol) => unknown): Error {
  return new Proxy(new Error("inner"), { get: (_target, name) => get(name) });
}

describe("errorChain", () => {
  it("names an error and its causes, outermost first", () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    assert.deepEqual(
      summary(new TypeError("not paid", { cause: new Tina4Error("TEAPOT", "short", { cause: refused }) })),
      [
        ["TypeError", undefined, "not paid"],
        ["Tina4Error", "TEAPOT", "short"],
        ["Error", "ECONNREFUSED", "connect ECONNREFUSED"],
      ],
    );
  });

  it("names what an AggregateError holds", () => {
    const all = new AggregateError([new Error("one"), new Error("two")], "all failed");
    assert.deepEqual(
      chainOf(all).map(({ message }) => message),
      ["all failed", "one", "two"],
    );
  });

  it("describes whatever is thrown", () => {
    const thing = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withTypedArray: true,
    });
    fc.assert(
      fc.property(thing, thing, thing, (thrown, message, cause) => {
        const odd = Object.assign(new Error("odd", { cause }), { message, stack: cause, code: message, name: thrown });
        for (const value of [thrown, odd]) assert.ok(JSON.stringify(chainOf(value)).length < 100_000);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it("ends where causes go in a circle, or go on and on", () => {
    const circle = new Error("circle");
    circle.cause = new Error("other", { cause: circle });
    assert.equal(chainOf(circle).length, 2);
    let deep = new Error("deepest");
    for (let depth = 0; depth < 1000; depth += 1) deep = new Error(`at ${depth}`, { cause: deep });
    assert.equal(chainOf(deep).length, 8);
  });

  for (const [thrown, message] of [
    [null, "null"],
    [undefined, "undefined"],
    ["a text", "a text"],
    [42, "42"],
    [Symbol("s"), "Symbol(s)"],
    [{ status: 404 }, "{ status: 404 }"],
    [{ toString: () => "not me", password: "hunter2" }, "{ toString: [Function: toString], password: [redacted] }"],
  ] as const) {
    it(`shows what is no error: ${message}`, () => assert.deepEqual(summary(thrown), [[NO_ERROR, undefined, message]]));
  }

  it("shows a message that is no text", () => {
    const odd = Object.assign(new Error(), { message: { toString: () => "<b>", at: 1 }, name: 7, code: {}, stack: [] });
    assert.deepEqual(summary(odd), [["7", undefined, "{ toString: [Function: toString], at: 1 }"]]);
  });

  for (const [what, thrown] of Object.entries({
    "a getter that throws": hostile(() => {
      throw new Error("ha");
    }),
    "a revoked proxy": (() => {
      const { proxy, revoke } = Proxy.revocable(new Error("gone"), {});
      revoke();
      return proxy;
    })(),
    "an inspection that throws": {
      [Symbol.for("nodejs.util.inspect.custom")]: () => {
        throw new Error("ha");
      },
    },
  })) {
    it(`survives ${what}`, () => assert.deepEqual(summary(thrown), UNREADABLE));
  }

  it("keeps a bounded part of a huge message and a huge stack, and no secret of them", () => {
    const huge = new Error(`password=hunter2 ${"x".repeat(5_000_000)}`);
    huge.stack = "    at f (/app/src/a.ts:1:1)\n".repeat(100_000);
    const [facts] = chainOf(huge);
    assert.ok((facts?.message.length ?? 0) < 8300);
    assert.ok((facts?.frames.length ?? 0) < 1000);
    assert.doesNotMatch(facts?.message ?? "", /hunter2/);
  });

  it("gives the place in a template apart from the message", () => {
    const source = new TemplateSource("pages/shop.twig", "<h1>\n{{ titel }}\n</h1>");
    const [facts] = chainOf(new TemplateError("TEMPLATE_FAILED", "titel is not defined.", source, 8));
    assert.deepEqual([facts?.code, facts?.message], ["TEMPLATE_FAILED", "titel is not defined."]);
    assert.equal(facts?.template?.place, "pages/shop.twig:2:4");
    assert.match(facts?.template?.excerpt ?? "", /titel/);
  });
});
