import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { GuardedStore } from "../../src/rate-limit/guarded-store.ts";
import type { RateDecision, RateStore } from "../../src/rate-limit/rate-store.ts";
import { SlidingWindow } from "../../src/rate-limit/sliding-window.ts";

const RULE = { scope: "test", limit: 2, windowSeconds: 60 };
const STORE_UNAVAILABLE = { name: "HttpError", status: 503, code: "STORE_UNAVAILABLE" };

describe("GuardedStore", () => {
  it("asks the shared store for as long as it answers", async () => {
    const { store, shared } = openGuarded("local");
    assert.deepEqual(await remaining(store, 3), [1, 0, "refused"]);
    assert.equal(shared.asked, 3);
  });

  it("counts in this process while the shared store is down, and never lets everybody through", async () => {
    const { store, shared, clock } = openGuarded("local");
    shared.isDown = true;
    assert.deepEqual(await remaining(store, 3), [1, 0, "refused"]);
    clock.time = 30_000;
    assert.deepEqual(await remaining(store, 1), ["refused"]);
  });

  it("refuses with 503 while the shared store is down when there is no fallback", async () => {
    const { store, shared, clock } = openGuarded("refuse");
    shared.isDown = true;
    await assert.rejects(store.take("a"), { ...STORE_UNAVAILABLE, cause: shared.error });
    clock.time = 500;
    await assert.rejects(store.take("a"), STORE_UNAVAILABLE);
    assert.equal(shared.asked, 1);
  });

  it("leaves a store that is down alone for a second, and then lets one request try", async () => {
    const { store, shared, clock, errors } = openGuarded("local");
    shared.isDown = true;
    await remaining(store, 2);
    clock.time = 999;
    await remaining(store, 2);
    assert.equal(shared.asked, 1);
    clock.time = 1000;
    await Promise.all(Array.from({ length: 10 }, () => store.take("a")));
    assert.equal(shared.asked, 2);
    assert.deepEqual(errors, [shared.error, shared.error]);
  });

  it("lets another request try after a second where the store does not answer the last one at all", async () => {
    const { store, shared, clock } = openGuarded("local");
    shared.isDown = true;
    await remaining(store, 1);
    shared.hangs = true;
    clock.time = 1000;
    void store.take("a");
    clock.time = 1999;
    await remaining(store, 2);
    assert.equal(shared.asked, 2);
    clock.time = 2000;
    void store.take("a");
    assert.equal(shared.asked, 3);
  });

  it("goes back to the shared store as soon as that answers, and says so once", async () => {
    const { store, shared, clock, timesBack } = openGuarded("local");
    shared.isDown = true;
    await remaining(store, 2);
    assert.equal(timesBack(), 0);
    shared.isDown = false;
    clock.time = 1000;
    assert.deepEqual(await remaining(store, 2), [1, 0]);
    assert.equal(shared.asked, 3);
    assert.equal(timesBack(), 1);
  });

  it("tries again after a second also when the clock is set back", async () => {
    const { store, shared, clock } = openGuarded("local");
    clock.time = 3_600_000;
    shared.isDown = true;
    await store.take("a");
    clock.time = 0;
    await store.take("a");
    clock.time = 1000;
    await store.take("a");
    assert.equal(shared.asked, 2);
  });

  it("gives a place back to the store that it was taken from", async () => {
    const { store, shared, clock } = openGuarded("local");
    shared.isDown = true;
    const takenHere = await store.take("a");
    shared.isDown = false;
    clock.time = 1000;
    const takenThere = await store.take("a");
    await store.giveBack("a", takenHere);
    assert.deepEqual(await remaining(store, 1), [0], "the shared store still counts one");
    await store.giveBack("a", takenThere);
    assert.deepEqual(await remaining(store, 1), [0]);
  });

  it("keeps quiet about a place that cannot be given back", async () => {
    const { store, shared, errors } = openGuarded("refuse");
    const taken = await store.take("a");
    shared.isDown = true;
    await store.giveBack("a", taken);
    assert.deepEqual(errors, [shared.error]);
  });
});

/** A shared store that can be switched off. */
class FragileStore implements RateStore {
  readonly error = new Error("down");
  readonly #window: SlidingWindow;
  isDown = false;
  hangs = false;
  asked = 0;

  constructor(now: () => number) {
    this.#window = new SlidingWindow(RULE, { now, maxClients: 10 });
  }

  async take(key: string): Promise<RateDecision> {
    this.asked++;
    if (this.hangs) await new Promise(() => {});
    this.#failIfDown();
    return this.#window.take(key);
  }

  async giveBack(key: string, taken: RateDecision): Promise<void> {
    this.#failIfDown();
    this.#window.giveBack(key, taken);
  }

  #failIfDown(): void {
    if (this.isDown) {
      throw this.error;
    }
  }
}

function openGuarded(onStoreDown: "local" | "refuse") {
  const clock = { time: 0 };
  const now = () => clock.time;
  const errors: unknown[] = [];
  const shared = new FragileStore(now);
  const fallback = onStoreDown === "local" ? new SlidingWindow(RULE, { now, maxClients: 10 }) : undefined;
  let back = 0;
  const store = new GuardedStore(shared, {
    fallback,
    now,
    onStoreError: (error) => errors.push(error),
    onStoreBack: () => {
      back++;
    },
  });
  return { clock, shared, errors, store, timesBack: () => back };
}

async function remaining(store: RateStore, count: number): Promise<(number | "refused")[]> {
  const seen: (number | "refused")[] = [];
  for (let request = 0; request < count; request++) {
    const decision = await store.take("a");
    seen.push(decision.allowed ? decision.remaining : "refused");
  }
  return seen;
}
