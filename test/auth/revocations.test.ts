import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Revocations, type RevocationsOptions } from "../../src/auth/revocations.ts";
import { StoreDouble } from "./store-double.ts";

const START = 1_700_000_000_900;
const IAT = 1_700_000_000;
const UNAVAILABLE = { name: "HttpError", status: 503, code: "STORE_UNAVAILABLE" };

function open(pause?: () => Promise<unknown>) {
  const clock = { now: START };
  const now = () => clock.now;
  const store = new StoreDouble(now, pause);
  const errors: unknown[] = [];
  const onRefreshError = (error: unknown) => {
    errors.push(error);
  };
  const start = (options: Partial<RevocationsOptions> = {}): Revocations =>
    new Revocations({ store, tokenSeconds: 3600, onRefreshError, now, ...options });
  return { clock, store, errors, start };
}

const alice = { sub: "alice", iat: IAT };

describe("Revocations", () => {
  it("turns a subject's tokens away at once in the process that revoked, before the store has answered", async () => {
    const revocations = open().start();
    assert.equal(revocations.isRevoked(alice), false);
    const stored = revocations.revokeSubject("alice");
    assert.equal(revocations.isRevoked(alice), true);
    assert.equal(revocations.isRevoked({ ...alice, iat: IAT + 1 }), false);
    await stored;
  });

  it("turns them away in every other process after its next refresh, and in one that starts later", async () => {
    const { start } = open();
    const [one, two] = [start(), start()];
    await one.revokeSubject("alice");
    await one.revokeTied("session", "s");
    assert.equal(two.isRevoked(alice), false);
    await two.refresh();
    const three = start();
    await three.load();
    for (const process of [two, three]) {
      assert.equal(process.isRevoked(alice), true);
      assert.equal(process.isRevoked({ session_tie: "s", iat: IAT + 9 }), true);
      assert.equal(process.isRevoked({ sub: "bob", iat: IAT }), false);
    }
  });

  it("asks the store for one record a refresh and for none a request", async () => {
    const { start, store } = open();
    const revocations = start();
    await revocations.revokeSubject("alice");
    store.asked.length = 0;
    for (let count = 0; count < 100; count++) revocations.isRevoked(alice);
    await revocations.refresh();
    await revocations.refresh();
    assert.deepEqual(store.asked, ["read", "read"]);
  });

  it("writes nothing until somebody is revoked", async () => {
    const { start, store } = open();
    await start().load();
    assert.equal(store.records.size, 0);
  });

  it("moves the time forward when a subject is revoked again", async () => {
    const { start, clock } = open();
    const revocations = start();
    await revocations.revokeSubject("alice");
    clock.now += 10_000;
    await revocations.revokeSubject("alice");
    assert.equal(revocations.isRevoked({ ...alice, iat: IAT + 10 }), true);
  });

  it("ends what was issued between two revocations of one second too", async () => {
    const { start } = open();
    const revocations = start();
    assert.equal(revocations.earliestIssue(alice), Number.NEGATIVE_INFINITY);
    for (const ahead of [1, 2, 3, 4, 5]) {
      await revocations.revokeSubject("alice");
      const next = { ...alice, iat: revocations.earliestIssue(alice) };
      assert.deepEqual([next.iat, revocations.isRevoked(next)], [IAT + ahead, false]);
      assert.equal(revocations.isRevoked({ ...next, iat: next.iat - 1 }), true);
    }
    for (const _ of [6, 7]) await revocations.revokeSubject("alice");
    assert.equal(revocations.earliestIssue(alice), IAT + 6);
    assert.equal(revocations.earliestIssue({ sub: "bob" }), Number.NEGATIVE_INFINITY);
  });

  it("does not take back a revocation when the clock is set back", async () => {
    const { start, clock } = open();
    const revocations = start();
    await revocations.revokeSubject("alice");
    clock.now -= 7_200_000;
    await revocations.revokeSubject("alice");
    await revocations.refresh();
    assert.equal(revocations.isRevoked(alice), true);
  });

  it("forgets when no token from before can live, in memory and in the store", async () => {
    const { start, clock, store } = open();
    const revocations = start();
    await revocations.revokeSubject("alice");
    const [record] = store.records.values();
    assert.equal(record?.expiresAt, START + 3_600_000 + 120_000);
    clock.now += 3_600_000 + 62_000;
    await revocations.refresh();
    assert.equal(revocations.isRevoked(alice), false);
  });

  it("remembers for as long as the longest token lives, also one that another process has issued", async () => {
    const { start, clock } = open();
    const [one, two] = [start(), start()];
    await one.revokeSubject("alice");
    two.expectTokenSeconds(86_400);
    await two.refresh();
    await one.refresh();
    clock.now += 80_000_000;
    await one.refresh();
    await two.refresh();
    assert.deepEqual([one.isRevoked(alice), two.isRevoked(alice)], [true, true]);
  });

  it("shares questions to the store among those who revoke at the same time", async () => {
    const { start, store } = open();
    const revocations = start();
    await Promise.all(Array.from({ length: 100 }, (_, n) => revocations.revokeTied("session", `s${n}`)));
    assert.ok(store.asked.length <= 4, store.asked.join());
    const other = start();
    await other.load();
    assert.ok(Array.from({ length: 100 }, (_, n) => other.isRevoked({ session_tie: `s${n}` })).every(Boolean));
  });

  it("loses nothing when several processes revoke at once, in whatever order the store answers", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { start } = open(() => scheduler.schedule(Promise.resolve()));
        const processes = Array.from({ length: 5 }, () => start());
        const names = Array.from({ length: 10 }, (_, n) => `subject ${n}`);
        const revoked = names.map((name, n) => processes[n % 5]?.revokeSubject(name));
        await scheduler.waitFor(Promise.all([...revoked, ...processes.map((process) => process.refresh())]));
        const later = start();
        await scheduler.waitFor(later.load());
        assert.ok(names.every((sub) => later.isRevoked({ sub, iat: IAT })));
      }),
      { seed: 31, numRuns: 30 },
    );
  });

  it("refuses options that make no sense", () => {
    for (const tokenSeconds of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, "60" as never]) {
      assert.throws(() => open().start({ tokenSeconds }), { code: "OPTION_INVALID" });
    }
    open().start({ tokenSeconds: 1 });
    const message = /^Revocations has no option "tokenMinutes"/;
    assert.throws(() => open().start({ tokenMinutes: 5 } as object), { code: "OPTION_UNKNOWN", message });
  });
});

describe("Revocations while the store is down", () => {
  it("goes by what it knows, and reports once until the store is back", async () => {
    const { start, store, errors } = open();
    const revocations = start();
    await revocations.revokeSubject("alice");
    store.isDown = true;
    for (const _ of [1, 2, 3]) await revocations.refresh();
    assert.equal(revocations.isRevoked(alice), true);
    assert.equal(errors.length, 1);
    store.isDown = false;
    await revocations.refresh();
    store.isDown = true;
    await revocations.refresh();
    assert.equal(errors.length, 2);
  });

  it("says 503 to who revokes, counts it all the same, and passes it on when the store is back", async () => {
    const { start, store } = open();
    const [one, two] = [start(), start()];
    store.isDown = true;
    await assert.rejects(one.revokeSubject("alice"), UNAVAILABLE);
    await assert.rejects(one.revokeTied("family", "f"), UNAVAILABLE);
    assert.equal(one.isRevoked(alice), true);
    store.isDown = false;
    await one.refresh();
    await two.refresh();
    assert.equal(two.isRevoked(alice), true);
    assert.equal(two.isRevoked({ token_family: "f", iat: IAT + 5 }), true);
  });

  it("cannot start: what was revoked before is not known", async () => {
    const { start, store } = open();
    store.isDown = true;
    await assert.rejects(start().load(), { ...UNAVAILABLE, cause: store.error });
  });

  it("takes a list that cannot be read for a store that is down, and overwrites nothing", async () => {
    const { start, store, errors } = open();
    const revocations = start();
    await revocations.revokeSubject("alice");
    const [[key, record] = assert.fail()] = store.records;
    const broken = { ...record, value: "{", version: "broken" };
    store.records.set(key, broken);
    await revocations.refresh();
    await assert.rejects(revocations.revokeSubject("bob"), UNAVAILABLE);
    assert.equal(errors.length, 1);
    assert.deepEqual(store.records.get(key), broken);
    assert.equal(revocations.isRevoked(alice), true);
  });

  it("gives up with 503 when others are always faster", async () => {
    const { start, store } = open();
    store.write = () => null;
    await assert.rejects(start().revokeSubject("alice"), UNAVAILABLE);
    assert.equal(store.asked.length, 100);
  });
});
