import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { FUNCTIONS } from "../../../src/templates/values/functions.ts";
import { NOW } from "./filters/apply-filter.ts";

function call(name: string, args: readonly unknown[], random = 0.5): unknown {
  return FUNCTIONS[name]?.call(args, { now: () => NOW, random: () => random });
}

describe("FUNCTIONS", () => {
  it("has no function that every object has", () => {
    for (const name of ["constructor", "toString", "__proto__"]) assert.equal(FUNCTIONS[name], undefined);
  });

  it("reads an attribute by name, as a member is read", () => {
    assert.equal(call("attribute", [{ "a-b": 1 }, "a-b"]), 1);
    assert.equal(call("attribute", [{}, "constructor"]), undefined);
  });

  it("takes turns", () => {
    assert.deepEqual(
      [0, 1, 2, -1, "4"].map((position) => call("cycle", [["a", "b", "c"], position])),
      ["a", "b", "c", "c", "b"],
    );
    assert.throws(() => call("cycle", [[], 0]), { name: "ValueFault" });
  });

  it("finds the greatest and the least, of values, lists and mappings", () => {
    assert.equal(call("max", [1, "10", 9]), "10");
    assert.equal(call("min", [[3, 1, 2]]), 1);
    assert.equal(call("max", [{ a: 1, b: 5 }]), 5);
    assert.equal(call("max", ["b", "c", "a"]), "c");
    assert.throws(() => call("min", [[]]), { name: "ValueFault" });
  });

  it("chooses at random, within bounds", () => {
    assert.deepEqual(
      [0, 0.5, 0.999].map((random) => call("random", [5], random)),
      [0, 3, 5],
    );
    assert.deepEqual(
      [0, 0.999].map((random) => call("random", [-5], random)),
      [-5, 0],
    );
    assert.deepEqual(
      [0, 0.999].map((random) => call("random", [50, 60], random)),
      [50, 60],
    );
    assert.deepEqual(
      [0, 0.999].map((random) => call("random", [["a", "b"]], random)),
      ["a", "b"],
    );
    assert.equal(call("random", ["a\u{1F600}b"]), "\u{1F600}");
    assert.equal(call("random", [], 0), 0);
    assert.equal(call("random", [], 1 - Number.EPSILON), 2 ** 31 - 1);
    assert.throws(() => call("random", [[]]), { name: "ValueFault" });
    assert.throws(() => call("random", [""]), { name: "ValueFault" });
  });

  it("makes dates, which can be compared", () => {
    assert.deepEqual(call("date", []), new Date(NOW));
    assert.deepEqual(call("date", ["2026-01-01 12:00", "Europe/Paris"]), new Date(Date.UTC(2026, 0, 1, 11)));
    assert.deepEqual(call("date", ["2026-10-25 02:30", "Europe/Paris"]), new Date(Date.UTC(2026, 9, 25, 0, 30)));
    assert.deepEqual(call("date", ["2026-03-29 02:30", "Europe/Paris"]), new Date(Date.UTC(2026, 2, 29, 1, 30)));
    assert.deepEqual(call("date", ["tomorrow", "Pacific/Auckland"]), new Date(Date.UTC(2026, 10, 23, 11)));
  });

  it("counts in a range", () => {
    assert.deepEqual(call("range", [1, 5, 2]), [1, 3, 5]);
  });
});
