import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { plainCopy } from "../../src/debug/plain-copy.ts";

describe("plainCopy", () => {
  const forbidden = (): never => {
    throw new Error("was run");
  };

  it("copies data", () => {
    const data = { a: 1, b: ["c", null, true], d: { e: undefined }, f: new Date(0) };
    assert.deepEqual(plainCopy(data), data);
  });

  it("runs nothing", () => {
    const body = {
      get secret(): string {
        return forbidden();
      },
      proxy: new Proxy({}, { get: forbidden, ownKeys: forbidden, getOwnPropertyDescriptor: forbidden }),
      odd: { toString: forbidden, toJSON: forbidden, valueOf: forbidden },
      date: Object.assign(new Date(0), { getTime: forbidden }),
      bytes: new Uint8Array(3),
    };
    assert.deepEqual(plainCopy(body), {
      ...{ secret: "[getter]", proxy: "[proxy]", bytes: "[3 bytes]", date: new Date(0) },
      odd: { toString: forbidden, toJSON: forbidden, valueOf: forbidden },
    });
  });

  it("is bounded in depth and values, whatever goes in a circle", () => {
    const circle: Record<string, unknown> = {};
    for (let index = 0; index < 100; index += 1) circle[`a${index}`] = circle;
    assert.ok(JSON.stringify(plainCopy(circle)).length < 20_000);
    assert.equal((plainCopy(Array.from({ length: 100_000 }, () => 1)) as unknown[]).length, 501);
  });

  it("makes no prototype out of a name", () => {
    const copy = plainCopy(JSON.parse('{"__proto__":{"admin":true}}')) as { admin?: boolean };
    assert.equal(copy.admin, undefined);
  });
});
