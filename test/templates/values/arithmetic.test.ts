import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Markup } from "../../../src/templates/markup.ts";
import { ARITHMETIC, negate } from "../../../src/templates/values/arithmetic.ts";

const teaches = (message: RegExp) => ({ name: "ValueFault", message });

describe("ARITHMETIC", () => {
  it("takes numbers, and texts that write one", () => {
    assert.equal(ARITHMETIC["+"]("1", 2), 3);
    assert.equal(ARITHMETIC["-"](" 1.5 ", new Markup("0.5")), 1);
    assert.equal(ARITHMETIC["*"](3, "1e2"), 300);
    assert.equal(ARITHMETIC["/"](7, 2), 3.5);
    assert.equal(negate("2"), -2);
  });

  it("rounds down in //, and cuts off in %, as Twig does", () => {
    assert.deepEqual(
      [
        [20, 7],
        [-7, 2],
        [7, -2],
      ].map(([a, b]) => ARITHMETIC["//"](a, b)),
      [2, -4, -4],
    );
    assert.deepEqual(
      [
        [11, 7],
        [-7, 3],
        [7.9, 2.9],
      ].map(([a, b]) => ARITHMETIC["%"](a, b)),
      [4, -1, 1],
    );
    assert.equal(ARITHMETIC["**"](2, 3), 8);
    assert.equal(ARITHMETIC["**"](2, -1), 0.5);
  });

  it("works on bits of whole numbers", () => {
    assert.equal(ARITHMETIC["b-and"](6, 3), 2);
    assert.equal(ARITHMETIC["b-or"](6, 3), 7);
    assert.equal(ARITHMETIC["b-xor"](6, 3), 5);
    assert.equal(ARITHMETIC["b-or"](2 ** 40, 1), 2 ** 40 + 1);
    assert.throws(() => ARITHMETIC["b-or"](1.5, 1), teaches(/whole numbers/));
  });

  it("refuses what is no number, says its kind, and never its value", () => {
    assert.throws(
      () => ARITHMETIC["+"](null, 1),
      teaches(/^"\+" needs a number, and was given null\. Give it a value with \|default\(0\)\.$/),
    );
    for (const value of ["secret", "", "0x10", "1 2", true, [], {}, new Date(0), Symbol("secret")]) {
      assert.throws(
        () => ARITHMETIC["*"](1, value),
        (error: Error) => error.name === "ValueFault" && !error.message.includes("secret"),
      );
    }
  });

  it("refuses to divide by zero", () => {
    for (const operator of ["/", "//", "%"] as const) {
      for (const zero of [0, "0", 0n, -0])
        assert.throws(() => ARITHMETIC[operator](1, zero), teaches(/divides by zero/));
      assert.throws(() => ARITHMETIC[operator](1n, 0), teaches(/divides by zero/));
    }
    assert.throws(() => ARITHMETIC["%"](1, 0.5), teaches(/divides by zero/));
    assert.throws(() => ARITHMETIC["**"](0, -1), teaches(/divides by zero/));
  });

  it("keeps large integers exact, and within a bound", () => {
    assert.equal(ARITHMETIC["+"]("9007199254740993", 1), 9007199254740994n);
    assert.equal(ARITHMETIC["/"](9n, 3n), 3n);
    assert.equal(ARITHMETIC["/"](9n, 2n), 4.5);
    assert.equal(ARITHMETIC["+"](1n, 0.5), 1.5);
    assert.equal(ARITHMETIC["**"](2n, 100), 2n ** 100n);
    assert.deepEqual(
      [0n, 1n, -1n].map((base) => ARITHMETIC["**"](base, 10n ** 30n + 1n)),
      [0n, 1n, -1n],
    );
    assert.throws(() => ARITHMETIC["**"](7n, 10n ** 30n), teaches(/1024 bits/));
    assert.throws(() => ARITHMETIC["*"](2n ** 600n, 2n ** 600n), teaches(/1024 bits/));
  });

  it("reckons integers as bigint does, whichever way they are given", () => {
    const integer = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
    fc.assert(
      fc.property(integer, integer, fc.boolean(), (a, b, asText) => {
        const left = asText ? String(a) : a;
        assert.equal(BigInt(ARITHMETIC["+"](left, b)), a + b);
        assert.equal(BigInt(ARITHMETIC["*"](left, b)), a * b);
        if (b === 0n) return;
        const quotient = BigInt(ARITHMETIC["//"](left, b));
        const rest = a - quotient * b;
        assert.ok(b > 0n ? rest >= 0n && rest < b : rest <= 0n && rest > b);
      }),
      { seed: 5 },
    );
  });
});
