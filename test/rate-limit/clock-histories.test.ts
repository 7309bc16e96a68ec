import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { SlidingWindow } from "../../src/rate-limit/sliding-window.ts";

const WINDOW_MS = 60_000;
const HOUR_MS = 3_600_000;

/** What happens: true time passes, and before that the clock may be set. */
const step = fc.record({
  passedMs: fc.oneof(fc.constantFrom(0, 1, 30_000, WINDOW_MS - 1, WINDOW_MS), fc.integer({ min: 0, max: 61_000 })),
  setMs: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: -HOUR_MS, max: -1 })),
});
const forward = fc.record({
  passedMs: fc.integer({ min: 0, max: 61_000 }),
  setMs: fc.integer({ min: 0, max: 24 * HOUR_MS }),
});
const limit = fc.integer({ min: 1, max: 4 });

describe("a rate window whose clock is set", () => {
  it("lets never more than the limit pass in any window of true time, however often the clock is set back", () => {
    const property = fc.property(limit, fc.array(step, { maxLength: 80, size: "max" }), (limit, history) => {
      const { window, times, clock } = open(limit);
      for (const { passedMs, setMs } of history) {
        clock.pass(passedMs, setMs);
        const { allowed, remaining, reset } = window.take("a");
        const inWindow = times.filter((time) => time > clock.true - WINDOW_MS).length;
        assert.ok(!allowed || inWindow < limit);
        assert.ok(remaining >= 0 && remaining <= limit - (allowed ? inWindow + 1 : limit), `${remaining} remain`);
        assert.ok(Number.isInteger(reset) && reset >= 1 && reset <= WINDOW_MS / 1000, `reset in ${reset}`);
        if (allowed) times.push(clock.true);
      }
    });
    fc.assert(property, { seed: 7148, numRuns: 1000 });
  });

  it("keeps nobody out who has waited for as long as it told, measured from the latest step of the clock", () => {
    const property = fc.property(limit, fc.array(step, { maxLength: 40, size: "max" }), (limit, history) => {
      const { window, clock } = open(limit);
      for (const { passedMs, setMs } of history) {
        clock.pass(passedMs, setMs);
        const { allowed, reset } = window.take("a");
        if (allowed) continue;
        clock.pass(reset * 1000, 0);
        assert.equal(window.take("a").allowed, true);
      }
    });
    fc.assert(property, { seed: 7148, numRuns: 500 });
  });

  it("does, when the clock is set forward, what it does when that time has passed", () => {
    const property = fc.property(limit, fc.array(forward, { maxLength: 40 }), (limit, history) => {
      const [set, waited] = [open(limit), open(limit)];
      for (const { passedMs, setMs } of history) {
        set.clock.pass(passedMs, setMs);
        waited.clock.pass(passedMs + setMs, 0);
        assert.deepEqual(set.window.take("a"), waited.window.take("a"));
      }
    });
    fc.assert(property, { seed: 7148, numRuns: 300 });
  });
});

function open(limit: number) {
  const clock = {
    true: 1_700_000_000_000,
    shown: 1_700_000_000_000,
    pass(milliseconds: number, set: number): void {
      this.true += milliseconds;
      this.shown += milliseconds + set;
    },
  };
  const rule = { scope: "test", limit, windowSeconds: WINDOW_MS / 1000 };
  const times: number[] = [];
  return { clock, times, window: new SlidingWindow(rule, { now: () => clock.shown, maxClients: 10 }) };
}
