import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { TokenPair } from "../../src/auth/refresh-tokens.ts";
import { openFamily } from "./family-of-tokens.ts";

describe("a used refresh token", () => {
  it("gets nothing within ten seconds, and nothing else happens (F10)", async () => {
    const { refreshTokens, clock, events, use, gate } = openFamily();
    const first = await refreshTokens.issue({ sub: 42 });
    const second = await use(first);
    for (const later of [0, 5000, 5000]) {
      clock.now += later;
      assert.equal(await refreshTokens.refresh(first.refreshToken), null);
    }
    assert.deepEqual(events, []);
    assert.notEqual(gate(second), null);
    await use(second);
  });

  it("ends its family and the access tokens of that when it comes later, and says so once (F10)", async () => {
    const { refreshTokens, clock, events, use, gate } = openFamily();
    const first = await refreshTokens.issue({ sub: 42 });
    const other = await refreshTokens.issue({ sub: 42 });
    const second = await use(first);
    clock.now += 10_001;
    assert.equal(await refreshTokens.refresh(first.refreshToken), null);
    assert.equal(events.length, 1);
    assert.equal(events[0]?.subject, 42);
    assert.deepEqual([gate(first), gate(second)], [null, null]);
    assert.equal(await refreshTokens.refresh(second.refreshToken), null);
    assert.equal(await refreshTokens.refresh(first.refreshToken), null);
    assert.equal(events.length, 1);
    assert.notEqual(gate(other), null);
    await use(other);
  });

  it("is answered with 503 while its family cannot be ended, and the family ends when the store is back", async () => {
    const { refreshTokens, clock, events, store, use, gate } = openFamily();
    const first = await refreshTokens.issue({ sub: 42 });
    const second = await use(first);
    clock.now += 10_001;
    const { write } = store;
    store.write = () => Promise.reject(store.error);
    await assert.rejects(refreshTokens.refresh(first.refreshToken), { status: 503 });
    store.write = write;
    assert.equal(await refreshTokens.refresh(first.refreshToken), null);
    assert.equal(events.length, 1);
    assert.deepEqual([gate(second), await refreshTokens.refresh(second.refreshToken)], [null, null]);
  });

  it("counts its ten seconds from its own use, not from that of the tokens after it", async () => {
    const { refreshTokens, clock, events, use } = openFamily();
    const first = await refreshTokens.issue({ sub: 42 });
    const second = await use(first);
    clock.now += 6000;
    const third = await use(second);
    clock.now += 4000;
    assert.equal(await refreshTokens.refresh(first.refreshToken), null);
    assert.deepEqual(events, []);
    clock.now += 1;
    assert.equal(await refreshTokens.refresh(first.refreshToken), null);
    assert.equal(events.length, 1);
    assert.equal(await refreshTokens.refresh(third.refreshToken), null);
  });

  it("stays refused when the clock is set back, and ends nothing then", async () => {
    const { refreshTokens, clock, events, use } = openFamily();
    const first = await refreshTokens.issue({ sub: 42 });
    const second = await use(first);
    clock.now -= 3_600_000;
    assert.equal(await refreshTokens.refresh(first.refreshToken), null);
    assert.deepEqual(events, []);
    clock.now += 3_600_000;
    await use(second);
  });

  it("is remembered by a bounded record, however fast tokens follow each other", async () => {
    const { refreshTokens, store, use } = openFamily();
    let pair = await refreshTokens.issue({ sub: 42 });
    for (let count = 0; count < 200; count++) pair = await use(pair);
    assert.ok(store.dump().length < 2500, `${store.dump().length} characters`);
    await use(pair);
  });

  it("wins once of 20 parallel uses, in whatever order the store answers, and the winner's pair goes on", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { refreshTokens, events, gate } = openFamily({ pause: () => scheduler.schedule(Promise.resolve()) });
        const first = await scheduler.waitFor(refreshTokens.issue({ sub: 42 }));
        const uses = Array.from({ length: 20 }, () => refreshTokens.refresh(first.refreshToken));
        const answers = await scheduler.waitFor(Promise.all(uses));
        const pairs = answers.filter((answer) => answer !== null);
        assert.equal(pairs.length, 1);
        assert.deepEqual(events, []);
        assert.notEqual(gate(pairs[0] as TokenPair), null);
        assert.notEqual(await scheduler.waitFor(refreshTokens.refresh(pairs[0]?.refreshToken)), null);
      }),
      { seed: 20, numRuns: 30 },
    );
  });
});

describe("a refresh family", () => {
  it("ends with the session that it is tied to, and with no other", async () => {
    const { refreshTokens, revocations, gate, use } = openFamily();
    const tied = await refreshTokens.issue({ sub: 42 }, "session one");
    const other = await refreshTokens.issue({ sub: 42 }, "session two");
    const free = await refreshTokens.issue({ sub: 42 });
    await refreshTokens.endAllTiedTo("session one");
    await revocations.revokeTied("session", "session one");
    assert.deepEqual([await refreshTokens.refresh(tied.refreshToken), gate(tied)], [null, null]);
    for (const pair of [other, free]) assert.notEqual(gate(await use(pair)), null);
  });

  it("ends with all others of its subject, and a new one can begin", async () => {
    const { refreshTokens, use } = openFamily();
    const families = [await refreshTokens.issue({ sub: 42 }), await refreshTokens.issue({ user_id: "42" }, "session")];
    const other = await refreshTokens.issue({ sub: 421 });
    await refreshTokens.endAllOf(42);
    for (const { refreshToken } of families) assert.equal(await refreshTokens.refresh(refreshToken), null);
    await use(other);
    const later = await use(await refreshTokens.issue({ sub: 42 }));
    await refreshTokens.endAllOf("42");
    assert.equal(await refreshTokens.refresh(later.refreshToken), null);
  });

  it("outlives the record of an end that came before it", async () => {
    const { refreshTokens, clock, use } = openFamily();
    await refreshTokens.endAllOf(42);
    clock.now += 10_000 * 60_000;
    const pair = await refreshTokens.issue({ sub: 42 });
    clock.now += 200 * 60_000;
    await use(pair);
  });

  it("cannot outlive an end, whatever the lifetimes: the record of the end lasts longer than any family", async () => {
    const { refreshTokens, clock } = openFamily({ options: { familyMinutes: 30 } });
    const pair = await refreshTokens.issue({ sub: 42 });
    await refreshTokens.endAllOf(42);
    for (let minute = 0; minute < 40; minute++) {
      assert.equal(await refreshTokens.refresh(pair.refreshToken), null);
      clock.now += 60_000;
    }
  });

  it("is not brought back by a use that was under way when it ended", async () => {
    const ends = ["endFamily", "endAllOf", "endAllTiedTo"] as const;
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.constantFrom(...ends), async (scheduler, end) => {
        const { refreshTokens, gate } = openFamily({ pause: () => scheduler.schedule(Promise.resolve()) });
        const first = await scheduler.waitFor(refreshTokens.issue({ sub: 42 }, "session"));
        const name = { endFamily: String(gate(first)?.token_family), endAllOf: "42", endAllTiedTo: "session" }[end];
        const using = refreshTokens.refresh(first.refreshToken);
        const [pair] = await scheduler.waitFor(Promise.all([using, refreshTokens[end](name)]));
        const refreshToken = pair?.refreshToken ?? first.refreshToken;
        assert.equal(await scheduler.waitFor(refreshTokens.refresh(refreshToken)), null);
      }),
      { seed: 21, numRuns: 100 },
    );
  });

  it("ends by several ends at once, none of which is lost", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { refreshTokens } = openFamily({ pause: () => scheduler.schedule(Promise.resolve()) });
        const { refreshToken } = await scheduler.waitFor(refreshTokens.issue({ sub: 42 }));
        const ends = Array.from({ length: 5 }, () => refreshTokens.endAllOf(42));
        await scheduler.waitFor(Promise.all(ends));
        assert.equal(await scheduler.waitFor(refreshTokens.refresh(refreshToken)), null);
      }),
      { seed: 22, numRuns: 30 },
    );
  });
});
