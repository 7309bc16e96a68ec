import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { Readiness, type ReadinessOptions } from "../../src/health/readiness.ts";

describe("Readiness", () => {
  let time: number;
  let asked: number;
  let changes: unknown[];
  let answer: () => unknown;

  beforeEach(() => {
    time = 0;
    asked = 0;
    changes = [];
    answer = () => null;
  });

  function readiness(options: Partial<ReadinessOptions> = {}): Readiness {
    const ask = (): unknown => {
      asked += 1;
      return answer();
    };
    return new Readiness({
      checks: [{ name: "sessions", ask }],
      onChange: (name, isReachable) => changes.push([name, isReachable]),
      now: () => 1000 + time,
      monotonicNow: () => time,
      ...options,
    });
  }

  const fails = (): never => {
    throw new Error("gone");
  };

  it("is ready when everything answers, now or later", async () => {
    const later = { name: "database", ask: async () => null };
    const { isReady, checks } = await readiness({ checks: [{ name: "sessions", ask: () => null }, later] }).report();
    assert.equal(isReady, true);
    assert.deepEqual(
      checks.map(({ name, isReachable }) => [name, isReachable]),
      [
        ["sessions", true],
        ["database", true],
      ],
    );
  });

  for (const [how, failing] of [
    ["throws", fails],
    ["rejects", async () => fails()],
  ] as const) {
    it(`is not ready when one check ${how}`, async () => {
      answer = failing;
      assert.equal((await readiness().report()).isReady, false);
    });
  }

  it("asks once for a thousand who want to know at once, and for all within a second", async () => {
    const ready = readiness();
    await Promise.all(Array.from({ length: 1000 }, () => ready.report()));
    time = 999;
    await ready.report();
    assert.equal(asked, 1);
    time = 1000;
    await ready.report();
    assert.equal(asked, 2);
  });

  it("gives up a question that is not answered in time, and does not ask again before it is", async () => {
    let release: (value: null) => void = () => {};
    answer = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    const ready = readiness({ timeoutMs: 20 });
    for (const second of [1, 2, 3]) {
      assert.equal((await ready.report()).isReady, false);
      time = second * 1000;
    }
    assert.equal(asked, 1);
    release(null);
    answer = () => null;
    time = 4000;
    assert.equal((await ready.report()).isReady, true);
    time = 5000;
    await ready.report();
    assert.equal(asked, 2, "the late answer was one");
  });

  it("tells of a change once, and since when it is so", async () => {
    const ready = readiness();
    const since = async (): Promise<unknown> => (await ready.report()).checks[0]?.since;
    assert.equal(await since(), 1000);
    time = 1000;
    answer = fails;
    assert.equal(await since(), 2000);
    time = 2000;
    assert.equal(await since(), 2000);
    time = 3000;
    answer = () => null;
    assert.equal(await since(), 4000);
    assert.deepEqual(changes, [
      ["sessions", false],
      ["sessions", true],
    ]);
  });

  it("is never ready again once it has ended", async () => {
    const ready = readiness();
    await ready.report();
    ready.end();
    assert.equal((await ready.report()).isReady, false);
  });
});
