import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { applyFilter } from "./apply-filter.ts";

describe("abs", () => {
  it("takes the sign away", () => {
    assert.deepEqual(
      [-5, "-1.5", 3, -(2n ** 70n)].map((value) => applyFilter("abs", value)),
      [5, 1.5, 3, 2n ** 70n],
    );
  });
});

describe("round", () => {
  it("takes half away from zero, and counts decimals as they are written", () => {
    const rounded = [
      [2.5, 3],
      [-2.5, -3],
      [1.4, 1],
      ["42.55", 43],
      [1e300, 1e300],
      [2n ** 70n, 2n ** 70n],
    ];
    for (const [value, expected] of rounded) assert.equal(applyFilter("round", value), expected);
    assert.equal(applyFilter("round", 1.005, 2), 1.01);
    assert.equal(applyFilter("round", 1234.5, -2), 1200);
    assert.equal(applyFilter("round", 1.5, 400), 1.5);
    assert.ok(Number.isNaN(applyFilter("round", Number.NaN)));
  });

  it("goes up or down when told to", () => {
    assert.equal(applyFilter("round", 42.55, 1, "floor"), 42.5);
    assert.equal(applyFilter("round", 42.51, 1, "ceil"), 42.6);
    assert.throws(() => applyFilter("round", 1, 0, "constructor"), { name: "ValueFault", message: /common/ });
  });
});

describe("number_format", () => {
  it("groups digits and writes decimals", () => {
    assert.equal(applyFilter("number_format", 9800.333), "9,800");
    assert.equal(applyFilter("number_format", "9800.335", 2, ",", "."), "9.800,34");
    assert.equal(applyFilter("number_format", -1234567.891, 1), "-1,234,567.9");
    assert.equal(applyFilter("number_format", -0.4), "0");
    assert.equal(applyFilter("number_format", 123), "123");
    assert.equal(applyFilter("number_format", 2n ** 64n, 2), "18,446,744,073,709,551,616.00");
    assert.equal(applyFilter("number_format", 1e21), "1,000,000,000,000,000,000,000");
    assert.equal(String(applyFilter("number_format", 1, 1_000)).length, 102);
  });

  it("writes every integer as English does", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (number) => {
        assert.equal(applyFilter("number_format", number), new Intl.NumberFormat("en").format(number));
      }),
      { seed: 7148 },
    );
  });

  it("refuses what is no number, and a separator that would fill memory", () => {
    assert.throws(() => applyFilter("number_format", null), { name: "ValueFault", message: /default\(0\)/ });
    assert.throws(() => applyFilter("number_format", 1e300, 0, ".", "x".repeat(1_000_000)), { name: "ValueFault" });
  });
});
