import assert from "node:assert/strict";
import { syncBuiltinESMExports } from "node:module";
import os from "node:os";
import { after, describe, it, mock } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { PasswordsOptions } from "../../src/auth/passwords.ts";

const SIXTEEN_CORES = mock.method(os, "availableParallelism", () => 16);
syncBuiltinESMExports();
after(() => {
  SIXTEEN_CORES.mock.restore();
  syncBuiltinESMExports();
});
const { Passwords } = await import("../../src/auth/passwords.ts");

/** How many of a hundred calls compute at once, and how many are turned away. */
async function underFlood(options: PasswordsOptions): Promise<{ running: number; refused: number }> {
  const open: (() => void)[] = [];
  const deriveKey = () => new Promise<Uint8Array>((resolve) => open.push(() => resolve(new Uint8Array(32))));
  const passwords = new Passwords({ ...options, deriveKey });
  const answered = Promise.allSettled(Array.from({ length: 100 }, () => passwords.check("secret", null)));
  await nextTurn();
  const running = open.length;
  for (let turn = 0; turn < 100; turn++) {
    for (const release of open.splice(0)) release();
    await nextTurn();
  }
  return { running, refused: (await answered).filter(({ status }) => status === "rejected").length };
}

describe("Passwords on sixteen cores", () => {
  it("computes on as many as it has threads, less one, and lets 64 calls wait", async () => {
    assert.deepEqual(await underFlood({}), { running: 3, refused: 33 });
  });

  it("computes on one at least, and on no more than there are, less one", async () => {
    const running = async (threadPoolSize: number) => (await underFlood({ threadPoolSize })).running;
    assert.deepEqual([await running(1), await running(2), await running(16), await running(1024)], [1, 1, 15, 15]);
  });

  it("shares the cores among processes, each of which has threads of its own", async () => {
    const running = async (threadPoolSize: number, processes: number) =>
      (await underFlood({ threadPoolSize, processes })).running;
    assert.deepEqual([await running(4, 2), await running(4, 4), await running(1024, 5)], [3, 3, 3]);
    assert.deepEqual([await running(2, 4), await running(1024, 15), await running(1024, 1024)], [1, 1, 1]);
  });

  it("computes as many at once as it is told, whatever the cores", async () => {
    assert.deepEqual(await underFlood({ concurrency: 40, queueLimit: 10 }), { running: 40, refused: 50 });
  });
});

describe("the options of Passwords", () => {
  const RANGES = {
    iterations: [600_000, 2_000_000],
    threadPoolSize: [1, 1024],
    processes: [1, 1024],
    concurrency: [1, 1024],
    queueLimit: [0, 10_000],
  } as const;

  for (const [name, [least, most]] of Object.entries(RANGES)) {
    it(`has ${name} from ${least} to ${most}, and says so`, () => {
      for (const value of [least, most, undefined]) new Passwords({ [name]: value });
      for (const value of [least - 1, most + 1, least + 0.5, Number.NaN, String(most), null]) {
        const message = `${name} is a whole number from ${least} to ${most}, not ${value}.`;
        assert.throws(() => new Passwords({ [name]: value }), { code: "OPTION_INVALID", message });
      }
    });
  }

  it("has no others", () => {
    const message = /^Passwords has no option "iteration"\. Did you mean "iterations"\?/;
    assert.throws(() => new Passwords({ iteration: 1 } as never), { code: "OPTION_UNKNOWN", message });
  });
});
