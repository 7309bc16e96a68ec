import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import type { RateDecision } from "../../src/rate-limit/rate-store.ts";
import { SlidingWindow } from "../../src/rate-limit/sliding-window.ts";
import { rateStoreContract } from "../contracts/rate-store.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

rateStoreContract("SlidingWindow", (rule, now) => new SlidingWindow(rule, { now, maxClients: 1000 }), { runs: 500 });

describe("SlidingWindow", () => {
  it("gives up no counter of a client that made a request within the window, however many others come", () => {
    const { window } = openWindow({ limit: 1, maxClients: 100 });
    const first = Array.from({ length: 100 }, (_, client) => `first ${client}`);
    assert.deepEqual(passing(window, first), first);
    assert.ok(passing(window, strangers(20_000)).length > 0);
    assert.deepEqual(passing(window, first), []);
  });

  it("is bounded: beyond its clients there are only shared counters", () => {
    const { window } = openWindow({ limit: 1, maxClients: 100 });
    passing(window, strangers(200_000));
    assert.ok(window.size <= 100 + 32_768, `${window.size} counters`);
  });

  it("keeps a client in so few bytes that a million take 90 MB at most, whatever they do", () => {
    const alone = bytesWhenFull(1);
    const more = 20_000;
    const bytesOfClient = (bytesWhenFull(1 + more) - alone) / more;
    assert.ok(alone + 999_999 * bytesOfClient <= 90_000_000, `${bytesOfClient} bytes a client beside ${alone}`);
  });

  it("has clients share with few others", () => {
    const { window } = openWindow({ limit: 1, maxClients: 1 });
    // Of a hundred in 32,768 places all are alone in 6 of 7 runs; ten meetings do not happen.
    assert.ok(passing(window, strangers(100)).length > 90);
  });

  it("counts too strictly and never too loosely when clients share, come and go", () => {
    const keys = Array.from({ length: 30 }, (_, client) => `client ${client}`);
    const request = fc.record({ advanceMs: fc.integer({ min: 0, max: 5000 }), key: fc.constantFrom(...keys) });
    fc.assert(
      fc.property(fc.array(request, { minLength: 100, maxLength: 300 }), (requests) => {
        const { window, clock } = openWindow({ limit: 2, maxClients: 3 });
        const times = new Map<string, number[]>();
        for (const { advanceMs, key } of requests) {
          clock.time += advanceMs;
          const { allowed } = window.take(key);
          const inWindow = (times.get(key) ?? []).filter((time) => clock.time - time < 60_000);
          assert.ok(!allowed || inWindow.length < 2);
          times.set(key, allowed ? [...inWindow, clock.time] : inWindow);
        }
      }),
      { seed: 19, numRuns: 300 },
    );
  });

  it("keeps a client with its shared counter for as long as that counts its request, though there is room again", () => {
    const { window, clock } = openWindow({ limit: 2, maxClients: 1 });
    window.take("first");
    clock.time = 59_000;
    assert.equal(window.take("late").remaining, 1);
    clock.time = 60_000;
    assert.deepEqual(passing(window, ["late", "late"]), ["late"]);
  });

  it("gives a client a counter of its own again when the shared one has expired", () => {
    const { window, clock } = openWindow({ limit: 2, maxClients: 1 });
    passing(window, ["first", "late"]);
    clock.time = 60_000;
    assert.equal(window.take("late").remaining, 1);
    assert.equal(window.size, 1);
  });

  it("has one counter for those who share, also when the sweep did not come by since it has expired", () => {
    const { window, clock } = openWindow({ limit: 2, maxClients: 100 });
    const first = strangers(100);
    passing(window, [...first, "late"]);
    clock.time = 30_000;
    passing(window, first);
    clock.time = 60_000;
    assert.deepEqual(passing(window, ["late", "late", "late"]), ["late", "late"]);
    assert.equal(window.size, 101);
  });

  it("remembers a request together with the client's previous one when there is no memory for more", () => {
    const { window, clock } = openWindow({ limit: 100, maxClients: 1 });
    for (let request = 0; request < 100; request++) {
      clock.time = request;
      assert.equal(window.take("a").remaining, 99 - request);
    }
    clock.time = 60_002;
    assert.equal(window.take("a").remaining, 2, "the first three had their own place in memory");
    clock.time = 60_098;
    assert.equal(window.take("a").remaining, 1);
    clock.time = 60_099;
    assert.equal(window.take("a").remaining, 97);
  });

  it("finds new memory in expired counters also when no new client comes", () => {
    const { window, clock } = openWindow({ limit: 100, maxClients: 2 });
    window.take("known");
    for (clock.time = 1; clock.time < 10; clock.time++) {
      window.take("hoarder");
    }
    clock.time = 30_000;
    window.take("known");
    clock.time = 61_000;
    window.take("known");
    clock.time = 90_000;
    assert.equal(window.take("known").remaining, 98, "the requests of 61 s and 90 s");
  });

  it("removes expired counters a few at a time, as new clients come", () => {
    const { window, clock } = openWindow({ limit: 1, maxClients: 5000 });
    passing(window, strangers(1000));
    clock.time = 60_000;
    for (let client = 0; client < 500; client++) {
      const before = window.size;
      window.take(`new ${client}`);
      assert.ok(window.size >= before - 3);
    }
    assert.equal(window.size, 500);
  });

  it("does not grow while clients come and go", () => {
    const { window, clock } = openWindow({ limit: 3, maxClients: 5000 });
    let most = 0;
    for (let client = 0; client < 20_000; client++) {
      clock.time += 60;
      window.take(`client ${client}`);
      most = Math.max(most, window.size);
    }
    assert.ok(most < 1400, `${most} counters for a thousand live clients`);
  });

  it("stays right when the latest place is given back twice by mistake", () => {
    const { window, clock } = openWindow({ limit: 3, maxClients: 10 });
    const taken = [0, 1, 2].map((time) => {
      clock.time = time;
      return window.take("a");
    });
    window.giveBack("a", taken[2] as RateDecision);
    window.giveBack("a", taken[2] as RateDecision);
    assert.deepEqual(passing(window, ["a", "a"]), ["a"]);
  });

  it("frees the counter of a client whose only request was given back", () => {
    const { window } = openWindow({ limit: 1, maxClients: 10 });
    window.giveBack("a", window.take("a"));
    assert.equal(window.size, 0);
    assert.deepEqual(passing(window, ["a", "a"]), ["a"]);
  });
});

function openWindow({ limit, maxClients }: { limit: number; maxClients: number }) {
  const clock = { time: 0 };
  const rule = { scope: "test", limit, windowSeconds: 60 };
  return { clock, window: new SlidingWindow(rule, { now: () => clock.time, maxClients }) };
}

function strangers(count: number): string[] {
  return Array.from({ length: count }, (_, client) => `stranger ${client}`);
}

function passing(window: SlidingWindow, keys: readonly string[]): string[] {
  return keys.filter((key) => window.take(key).allowed);
}

/** What a window takes when it has the clients that it may, each with all the entries that it may, and others share. */
function bytesWhenFull(maxClients: number): number {
  const before = memory();
  const { window, clock } = openWindow({ limit: 100, maxClients });
  for (; clock.time < 4; clock.time++) passing(window, strangers(maxClients));
  passing(window, strangers(maxClients + 40_000));
  const bytes = memory() - before;
  assert.ok(window.size > maxClients);
  return bytes;
}

/** The first collection frees in the background; the second one waits for that. */
function memory(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}
