import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MemoryStore } from "../../../src/session/stores/memory-store.ts";
import { sessionStoreContract } from "../../contracts/session-store.ts";

sessionStoreContract("MemoryStore", async (now) => new MemoryStore({ now }), { runs: 200 });

describe("MemoryStore", () => {
  it("looks at no more records in one sweep than it is told to", () => {
    const store = new MemoryStore({ now: () => 0 });
    for (let index = 0; index < 100; index++) store.write(`session:${index}`, { value: "1", expiresAt: 5 }, null);
    let sweeps = 1;
    while (store.sweep(10)) sweeps += 1;
    assert.equal(sweeps, 11);
  });

  it("tells of each record that a sweep removes, and of no live one", () => {
    const clock = { time: 0 };
    const store = new MemoryStore({ now: () => clock.time });
    for (let index = 0; index < 7; index++) store.write(`session:${index}`, { value: "1", expiresAt: index }, null);
    clock.time = 3;
    let removed = 0;
    store.sweep(100, () => {
      removed += 1;
    });
    assert.equal(removed, 4);
  });

  it("starts anew when a sweep has come to the end, and finds what was written since", () => {
    const clock = { time: 0 };
    const store = new MemoryStore({ now: () => clock.time });
    let removed = 0;
    const count = () => {
      removed += 1;
    };
    for (const name of ["a", "b", "c"]) {
      store.write(`session:${name}`, { value: "1", expiresAt: clock.time + 5 }, null);
      clock.time += 5;
      assert.equal(store.sweep(10, count), false);
    }
    assert.equal(removed, 3);
  });

  it("leaves an expired record that was asked for to no sweep", () => {
    const clock = { time: 0 };
    const store = new MemoryStore({ now: () => clock.time });
    store.write("session:a", { value: "1", expiresAt: 5 }, null);
    clock.time = 5;
    assert.equal(store.read("session:a"), null);
    assert.equal(
      store.sweep(10, () => assert.fail("It was still there.")),
      false,
    );
  });

  it("answers at once", () => {
    const store = new MemoryStore({ now: () => 0 });
    const version = store.write("session:a", { value: "1", expiresAt: 5 }, null);
    assert.deepEqual(store.read("session:a"), { value: "1", expiresAt: 5, version });
  });

  it("keeps nothing once it is closed", () => {
    const store = new MemoryStore({ now: () => 0 });
    store.write("session:a", { value: "1", expiresAt: 5 }, null);
    store.close();
    assert.equal(store.read("session:a"), null);
  });
});
