import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { BackOff } from "../../src/workers/back-off.ts";

describe("BackOff", () => {
  it("doubles from a tenth of a second to half a minute", () => {
    const backOff = new BackOff(() => 0);
    const delays = Array.from({ length: 11 }, () => backOff.nextDelayMs(0));
    assert.deepEqual(delays, [100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000]);
  });

  it("begins anew after a life of a minute, and not before", () => {
    const backOff = new BackOff(() => 0);
    assert.deepEqual(
      [backOff.nextDelayMs(0), backOff.nextDelayMs(59_999), backOff.nextDelayMs(60_000)],
      [100, 200, 100],
    );
  });

  it("takes off up to half of it by chance", () => {
    assert.deepEqual([new BackOff(() => 0.5).nextDelayMs(0), new BackOff(() => 0.999).nextDelayMs(0)], [75, 50]);
  });
});
