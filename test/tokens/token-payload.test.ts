import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { assertTokenPayload } from "../../src/tokens/token-payload.ts";

class User {
  readonly id = 1;
}

function refuses(payload: unknown, message: RegExp): void {
  assert.throws(() => assertTokenPayload(payload), { name: "Tina4Error", code: "TOKEN_PAYLOAD_INVALID", message });
}

describe("assertTokenPayload", () => {
  it("accepts every JSON object, with or without a prototype", () => {
    const property = fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (payload) => {
      fc.pre(!JSON.stringify(payload).includes("__proto__"));
      assertTokenPayload(payload);
    });
    fc.assert(property, { seed: 7148 });
    assertTokenPayload(Object.assign(Object.create(null), { sub: 1 }));
  });

  it("counts a member that is undefined as absent", () => {
    assertTokenPayload({ sub: 1, role: undefined, profile: { name: undefined } });
  });

  it("refuses a payload that is no plain object", () => {
    const payloads = [undefined, null, "x", 1, true, [], [{ sub: 1 }], new Date(0), new Map(), new User(), () => ({})];
    for (const payload of payloads) refuses(payload, /is not a plain object/);
  });

  it("refuses what JSON would drop or change, and names the place but not the value", () => {
    const values = [
      NaN,
      Infinity,
      -Infinity,
      1n,
      Symbol("s"),
      () => 1,
      new Date(0),
      new Map(),
      new User(),
      "hunter2\ud800",
    ];
    for (const value of values) {
      refuses({ a: value }, /at "\/a" that JSON cannot carry/);
      refuses({ a: { b: [1, value] } }, /at "\/a\/b\/1" that JSON cannot carry/);
      assert.throws(
        () => assertTokenPayload({ a: value }),
        (error: Error) => !error.message.includes("hunter2"),
      );
    }
    refuses({ a: [undefined] }, /at "\/a\/0"/);
    refuses({ toJSON: () => ({ role: "admin" }) }, /at "\/toJSON"/);
  });

  it("refuses names that verifying would drop or refuse", () => {
    refuses(JSON.parse('{"__proto__":{"isAdmin":true}}'), /cannot have the name/);
    refuses({ a: [JSON.parse('{"__proto__":1}')] }, /cannot have the name/);
    refuses({ "\ud800": 1 }, /cannot have the name/);
  });

  it("refuses more than 32 levels, and so a payload that contains itself", () => {
    const nest = (levels: number): object => (levels === 1 ? {} : { a: nest(levels - 1) });
    assertTokenPayload(nest(32));
    refuses(nest(33), /more than 32 levels/);
    const nestLists = (levels: number): unknown => (levels === 1 ? [] : [nestLists(levels - 1)]);
    assertTokenPayload({ a: nestLists(31) });
    refuses({ a: nestLists(32) }, /more than 32 levels/);
    const circle: Record<string, unknown> = {};
    circle.self = [circle];
    refuses(circle, /more than 32 levels/);
  });
});
