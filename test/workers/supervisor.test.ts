import assert from "node:assert/strict";
import { beforeEach, describe, it, type TestContext } from "node:test";
import { Supervisor } from "../../src/workers/supervisor.ts";
import type { WorkerEvent } from "../../src/workers/worker-event.ts";
import { FakeWorker } from "./fixtures/fake-worker.ts";

const GRACE_MS = 12_000;
const START_MS = 120_000;

/** Lets everything happen that waits for nothing but its turn. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("Supervisor", () => {
  let workers: FakeWorker[];
  let events: WorkerEvent[];
  let time: number;

  beforeEach(() => {
    workers = [];
    events = [];
    time = 0;
  });

  const worker = (index: number): FakeWorker => workers[index] ?? assert.fail(`no worker ${index} was started`);
  const kinds = (): readonly string[] => events.map(({ kind }) => kind);

  /** @param answer What each new worker does at once. */
  function supervisor(
    test: TestContext,
    count: number,
    answer: (worker: FakeWorker, index: number) => void = () => {},
  ) {
    test.mock.timers.enable({ apis: ["setTimeout"] });
    return new Supervisor({
      count,
      startWorker: () => {
        const started = new FakeWorker(`worker ${workers.length}`);
        workers.push(started);
        answer(started, workers.length - 1);
        return started;
      },
      onEvent: (event) => events.push(event),
      graceMs: GRACE_MS,
      monotonicNow: () => time,
      random: () => 0,
    });
  }

  const serves = (started: FakeWorker): void => started.serve();
  const pass = async (test: TestContext, ms: number): Promise<void> => {
    time += ms;
    test.mock.timers.tick(ms);
    await settle();
  };

  it("starts one worker, and the others once that serves", async (test) => {
    const started = supervisor(test, 3).start();
    await settle();
    assert.equal(workers.length, 1);
    worker(0).serve();
    await settle();
    assert.equal(workers.length, 3);
    worker(1).serve();
    worker(2).serve();
    assert.deepEqual(await started, { url: "http://localhost:1", contents: "of worker 0", count: 3 });
    assert.deepEqual(events, []);
  });

  it("gives up when the first worker does not start", async (test) => {
    const started = supervisor(test, 3, (first) => first.end(1)).start();
    assert.equal(await started, undefined);
    await pass(test, 60_000);
    assert.equal(workers.length, 1);
    assert.deepEqual(events, []);
  });

  it("tries those that do not start later again, while the others serve", async (test) => {
    const started = await supervisor(test, 2, (each, index) => (index === 0 ? each.serve() : each.end(1))).start();
    assert.equal(started?.count, 1);
    const end = { code: 1, signal: null };
    assert.deepEqual(events, [{ kind: "not-started", end, retryInMs: 100 }]);
    await pass(test, 99);
    assert.equal(workers.length, 2);
    await pass(test, 1);
    assert.equal(workers.length, 3);
    assert.deepEqual(events[1], { kind: "not-started", end, retryInMs: 200 });
  });

  it("replaces a worker that crashes, later each time, and soon again after a minute of life", async (test) => {
    await supervisor(test, 1, serves).start();
    for (const [index, lived, retryInMs] of [
      [0, 0, 100],
      [1, 5000, 200],
      [2, 59_999, 400],
      [3, 60_000, 100],
    ] as const) {
      await pass(test, lived);
      worker(index).end(null, "SIGSEGV");
      await settle();
      assert.deepEqual(events.at(-1), { kind: "crashed", end: { code: null, signal: "SIGSEGV" }, retryInMs });
      await pass(test, retryInMs);
      assert.equal(workers.length, index + 2);
    }
  });

  it("rolls one by one: a new worker serves before an old one finishes, and that has ended before the next", async (test) => {
    const watch = supervisor(test, 2, (each, index) => index < 2 && each.serve());
    await watch.start();
    const rolled = watch.roll();
    await settle();
    assert.deepEqual([workers.length, worker(0).told], [3, []], "the new one does not serve yet");
    worker(2).serve();
    await settle();
    assert.deepEqual([workers.length, worker(0).told], [3, ["replaced"]]);
    worker(0).end(0);
    await settle();
    worker(3).serve();
    await settle();
    assert.deepEqual(worker(1).told, ["replaced"]);
    worker(1).end(0);
    await rolled;
    assert.deepEqual([worker(2).told, worker(3).told, workers.length], [[], [], 4]);
    assert.deepEqual(events, [{ kind: "rolling" }, { kind: "rolled", workers: 2 }]);
  });

  it("leaves the old workers serving when a new one does not start", async (test) => {
    const watch = supervisor(test, 2, (each, index) => (index < 2 ? each.serve() : each.end(1)));
    await watch.start();
    await watch.roll();
    await pass(test, 60_000);
    assert.deepEqual([worker(0).told, worker(1).told, workers.length], [[], [], 3]);
    assert.deepEqual(events, [
      { kind: "rolling" },
      { kind: "roll-failed", end: { code: 1, signal: null }, replaced: 0 },
    ]);
  });

  it("kills who does not come to serve in time, so that a roll ends and another can follow", async (test) => {
    const watch = supervisor(test, 1, (each, index) => index !== 1 && each.serve());
    await watch.start();
    const rolled = watch.roll();
    await settle();
    await pass(test, START_MS - 1);
    assert.deepEqual(worker(1).told, []);
    await pass(test, 1);
    await rolled;
    assert.deepEqual([worker(0).told, worker(1).told], [[], ["kill"]]);
    const end = { code: null, signal: "SIGKILL" };
    assert.deepEqual(events, [{ kind: "rolling" }, { kind: "hung" }, { kind: "roll-failed", end, replaced: 0 }]);
    const again = watch.roll();
    await settle();
    worker(0).end(0);
    await again;
    await pass(test, START_MS);
    assert.deepEqual([worker(2).told, kinds().slice(3)], [[], ["rolling", "rolled"]]);
  });

  it("rolls once more when it was asked to in the midst of it, and no more than that", async (test) => {
    const watch = supervisor(test, 1, serves);
    await watch.start();
    const finished = watch.roll();
    for (const _ of [1, 2, 3]) watch.roll();
    for (const index of [0, 1]) {
      await settle();
      worker(index).end(0);
    }
    await finished;
    assert.deepEqual(kinds(), ["rolling", "rolled", "rolling", "rolled"]);
    assert.equal(workers.length, 3);
  });

  it("starts nobody twice for a worker that crashes while it is replaced", async (test) => {
    const watch = supervisor(test, 1, (each, index) => index === 0 && each.serve());
    await watch.start();
    const rolled = watch.roll();
    await settle();
    worker(0).end(1);
    await pass(test, 60_000);
    worker(1).serve();
    await rolled;
    await pass(test, 60_000);
    assert.deepEqual([workers.length, worker(1).told], [2, []]);
    assert.deepEqual(kinds(), ["rolling", "crashed", "rolled"]);
  });

  it("kills who does not finish in time", async (test) => {
    const watch = supervisor(test, 1, serves);
    await watch.start();
    const stopped = watch.stop("SIGTERM");
    await pass(test, GRACE_MS - 1);
    assert.deepEqual(worker(0).told, ["SIGTERM"]);
    await pass(test, 1);
    assert.equal(await stopped, false);
    assert.deepEqual([worker(0).told, kinds()], [["SIGTERM", "kill"], ["killed"]]);
  });

  it("stops all, also those that start, and starts nobody after that", async (test) => {
    const watch = supervisor(test, 3, (each, index) => index === 0 && each.serve());
    const started = watch.start();
    await settle();
    worker(1).end(1);
    await settle();
    const stopped = watch.stop("SIGINT");
    assert.deepEqual([worker(0).told, worker(2).told], [["SIGINT"], ["SIGINT"]]);
    worker(0).end(0);
    worker(2).end(null, "SIGTERM");
    assert.equal(await stopped, true);
    await started;
    await pass(test, 60_000);
    assert.equal(workers.length, 3);
  });

  it("says so when a worker ends with an error as it stops", async (test) => {
    const watch = supervisor(test, 1, serves);
    await watch.start();
    const stopped = watch.stop("SIGTERM");
    worker(0).end(1);
    assert.equal(await stopped, false);
  });
});
