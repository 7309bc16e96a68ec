import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { memberOf } from "../../../src/templates/values/member-of.ts";

class Account {
  readonly name = "Ada";
  static readonly secret = "secret";
  readonly greet = (): string => "hello";
  get inherited(): string {
    return "inherited";
  }
}

describe("memberOf", () => {
  it("gives what an object owns, also through an accessor", () => {
    const object = {
      get answer() {
        return 42;
      },
      1: "one",
      "": "empty",
    };
    assert.equal(memberOf(object, "answer"), 42);
    assert.equal(memberOf(object, 1), "one");
    assert.equal(memberOf(object, "1"), "one");
    assert.equal(memberOf(object, null), "empty");
    assert.equal(memberOf(new Account(), "name"), "Ada");
  });

  it("reaches nothing that is inherited (X08)", () => {
    for (const key of ["constructor", "__proto__", "prototype", "toString", "inherited", "hasOwnProperty"]) {
      for (const object of [new Account(), {}, [], new Map(), "text", new Date(0), /a/]) {
        assert.equal(memberOf(object, key), undefined, key);
      }
    }
    assert.equal(memberOf(JSON.parse('{"__proto__": 1}'), "__proto__"), 1);
  });

  it("gives no function, and nothing of one", () => {
    assert.equal(memberOf(new Account(), "greet"), undefined);
    assert.equal(memberOf(new Map([["f", () => 1]]), "f"), undefined);
    assert.equal(memberOf(Account, "secret"), undefined);
  });

  it("finds the items of a list, the values of a Map and the characters of a text", () => {
    assert.equal(memberOf(["a", "b"], 1), "b");
    assert.equal(memberOf(["a", "b"], -1), undefined);
    const key = {};
    const map = new Map<unknown, unknown>([
      [1, "one"],
      ["2", "two"],
      [key, "object"],
    ]);
    assert.deepEqual(
      [1, "1", 2, "2", key, "size"].map((at) => memberOf(map, at)),
      ["one", "one", "two", "two", "object", undefined],
    );
    assert.deepEqual(
      [0, "1", 2, 3, -1, 0.5, "length"].map((at) => memberOf("a\u{1F600}b", at)),
      ["a", "\u{1F600}", "b", undefined, undefined, undefined, undefined],
    );
  });

  it("converts a key once, so that it cannot become another one", () => {
    let asked = 0;
    const key = {
      toString: () => {
        asked += 1;
        return asked === 1 ? "a" : "__proto__";
      },
    };
    assert.equal(memberOf({ a: 1 }, key), 1);
    assert.equal(asked, 1);
  });

  it("gives undefined for the members of nothing", () => {
    for (const nothing of [null, undefined, true, 5, 5n]) assert.equal(memberOf(nothing, "a"), undefined);
  });

  it("never gives a function or anything inherited, whatever the object and the key", () => {
    const objects = fc.oneof(
      fc.object({ withMap: true, withNullPrototype: true, withTypedArray: true }),
      fc.array(fc.anything()),
      fc.func(fc.anything()),
      fc.constantFrom<unknown>(new Account(), Account, globalThis, Reflect, process),
    );
    const keys = fc.oneof(
      fc.anything(),
      fc.constantFrom(
        "constructor",
        "__proto__",
        "prototype",
        "call",
        "toString",
        "valueOf",
        "map",
        "length",
        "caller",
      ),
    );
    fc.assert(
      fc.property(objects, keys, (object, key) => {
        const value = memberOf(object, key);
        assert.notEqual(typeof value, "function");
        if (value === undefined || object instanceof Map || typeof object === "string") return;
        assert.ok(
          Object.values(Object.getOwnPropertyDescriptors(object)).some((own) =>
            Object.is(own.get?.call(object) ?? own.value, value),
          ),
        );
      }),
      { seed: 5, numRuns: 2_000 },
    );
  });
});
