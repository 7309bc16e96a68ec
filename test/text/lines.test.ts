import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Lines } from "../../src/text/lines.ts";

describe("Lines", () => {
  it("tells the line of every place, and where that begins", () => {
    const text = fc.string({ unit: fc.constantFrom("\n", "a", "b"), maxLength: 40 });
    fc.assert(
      fc.property(text, (content) => {
        const lines = new Lines(content);
        for (let at = 0; at <= content.length; at++) {
          const before = content.slice(0, at);
          assert.equal(lines.lineAt(at), before.split("\n").length);
          assert.equal(lines.startOf(lines.lineAt(at)), before.lastIndexOf("\n") + 1);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
