import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { MAX_JSON_DEPTH, parseJsonObject } from "../../src/tokens/parse-json-object.ts";

function objectOfDepth(depth: number): string {
  return `${'{"a":'.repeat(depth - 1)}{}${"}".repeat(depth - 1)}`;
}

function dropProto(key: string, value: unknown): unknown {
  return key === "__proto__" ? undefined : value;
}

describe("parseJsonObject", () => {
  it("reads every JSON object as JSON.parse does, but for __proto__", () => {
    const property = fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })), (object) => {
      const json = JSON.stringify(object);
      assert.equal(JSON.stringify(parseJsonObject(json)), JSON.stringify(JSON.parse(json, dropProto)));
    });
    fc.assert(property, { seed: 7148 });
  });

  it("refuses every JSON value that is no object", () => {
    for (const json of ["[]", '[{"sub":1}]', '"x"', "1", "true", "null"])
      assert.equal(parseJsonObject(json), null, json);
  });

  it("refuses what is no JSON", () => {
    for (const json of [
      "",
      " ",
      "{",
      "{}{}",
      "{'a':1}",
      '{"a":1,}',
      '{"a":NaN}',
      '{"a":undefined}',
      "\uFEFF{}",
      "{}\0",
    ]) {
      assert.equal(parseJsonObject(json), null, JSON.stringify(json));
    }
  });

  it("refuses a lone surrogate escape in a value, in a name, and at any depth", () => {
    for (const json of ['{"a":"\\ud83d"}', '{"a":"\\uDE00\\ud83d"}', '{"\\ud83d":1}', '{"a":[{"b":"x\\udc00"}]}']) {
      assert.equal(parseJsonObject(json), null, json);
    }
  });

  it("accepts a surrogate pair that is escaped, and text that only looks like an escape", () => {
    assert.equal(parseJsonObject('{"a":"\\ud83d\\ude00"}')?.a, "\u{1F600}");
    assert.equal(parseJsonObject('{"a":"\\\\ud83d"}')?.a, "\\ud83d");
  });

  it("gives no object a prototype, at any level", () => {
    const object = parseJsonObject('{"a":{"b":[{"c":{}}]}}') as { a: { b: [{ c: object }] } };
    for (const each of [object, object.a, object.a.b[0], object.a.b[0].c])
      assert.equal(Object.getPrototypeOf(each), null);
    assert.equal(object.toString, undefined);
    assert.ok(Array.isArray(object.a.b));
  });

  it("drops __proto__ at every level, also when it is written with an escape", () => {
    const evil = '{"isAdmin":true}';
    const escaped = "\\u005f_proto__";
    const object = parseJsonObject(
      `{"__proto__":${evil},"a":{"__proto__":${evil},"${escaped}":1},"b":[{"${escaped}":${evil}}]}`,
    );
    assert.equal(JSON.stringify(object), '{"a":{},"b":[{}]}');
    assert.equal(Object.assign({}, object).isAdmin, undefined);
    assert.equal(({} as { isAdmin?: true }).isAdmin, undefined);
  });

  it("keeps constructor and toString as the plain values that they are", () => {
    const object = parseJsonObject('{"constructor":{"prototype":{"isAdmin":true}},"toString":1}');
    assert.equal(object?.toString, 1);
    assert.equal(object?.isAdmin, undefined);
    assert.equal(({} as { isAdmin?: true }).isAdmin, undefined);
  });

  it(`accepts ${MAX_JSON_DEPTH} levels of objects and arrays, and refuses one more`, () => {
    assert.ok(parseJsonObject(objectOfDepth(MAX_JSON_DEPTH)));
    assert.equal(parseJsonObject(objectOfDepth(MAX_JSON_DEPTH + 1)), null);
    const arrays = MAX_JSON_DEPTH - 1;
    assert.ok(parseJsonObject(`{"a":${"[".repeat(arrays)}${"]".repeat(arrays)}}`));
    assert.equal(parseJsonObject(`{"a":${"[".repeat(arrays + 1)}${"]".repeat(arrays + 1)}}`), null);
    assert.equal(parseJsonObject(`{"a":"\\u0041","b":${"[".repeat(100_000)}${"]".repeat(100_000)}}`), null);
  });
});
