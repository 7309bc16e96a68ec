import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { emptyContent } from "../../src/session/session-content.ts";
import { sessionKey } from "../../src/session/session-key.ts";
import { writeRecord } from "../../src/session/session-record.ts";
import { type Jar, openSessions, START } from "./open-sessions.ts";

describe("liveUntil", () => {
  const opened = () => {
    const bench = openSessions({ lifetimeSeconds: 3600, maxAgeSeconds: 5400 });
    const jar: Jar = { cookie: undefined };
    bench.visit(jar, (session) => session.set("user_id", 1));
    return { ...bench, jar, key: sessionKey(jar.cookie ?? "") };
  };

  it("says when the idle lifetime ends, and then the absolute age, whichever comes first", () => {
    const { sessions, visit, jar, key, clock } = opened();
    assert.equal(sessions.liveUntil(key), START + 3_600_000);
    clock.time = START + 1_200_000;
    visit(jar, () => {});
    assert.equal(sessions.liveUntil(key), START + 4_800_000);
    clock.time = START + 2_400_000;
    visit(jar, () => {});
    assert.equal(sessions.liveUntil(key), START + 5_400_000);
  });

  it("moves on with a visit when a 60th of the idle lifetime has passed, and no sooner", () => {
    const { sessions, visit, jar, key, clock } = opened();
    for (const [passed, until] of [
      [59_999, 3_600_000],
      [60_000, 3_660_000],
    ] as const) {
      clock.time = START + passed;
      visit(jar, () => {});
      assert.equal(sessions.liveUntil(key), START + until);
    }
  });

  it("says null for a session that never was, has ended, cannot be read, or goes on under another id", () => {
    const { sessions, visit, jar, key, store } = opened();
    store.records.set("session:none", { value: "{}", expiresAt: START + 1000, version: "x" });
    assert.equal(sessions.liveUntil("session:none"), null);
    assert.equal(sessions.liveUntil(sessionKey("A".repeat(43))), null);
    visit(jar, (session) => session.regenerate());
    assert.equal(sessions.liveUntil(key), null);
    const next = sessionKey(jar.cookie ?? "");
    assert.equal(sessions.liveUntil(next), START + 3_600_000);
    visit(jar, (session) => session.destroy());
    assert.equal(sessions.liveUntil(next), null);
  });

  it("says null for a record that has expired, or does not count yet", () => {
    const { sessions, store, key, clock } = opened();
    const record = store.records.get(key);
    const value = writeRecord({ content: emptyContent(START), replaces: key });
    store.records.set("session:next", { value, expiresAt: START + 9_000_000, version: "x" });
    assert.equal(sessions.liveUntil("session:next"), null);
    store.read = () => record ?? null;
    clock.time = START + 3_600_000;
    assert.equal(sessions.liveUntil(key), null);
  });

  it("goes by the absolute age that counts now, whatever counted when the session was written", () => {
    const { store, key, clock } = opened();
    const { sessions } = openSessions({ store, now: () => clock.time, maxAgeSeconds: 1800 });
    clock.time = START + 1_799_999;
    assert.equal(sessions.liveUntil(key), START + 3_600_000);
    clock.time = START + 1_800_000;
    assert.equal(sessions.liveUntil(key), null);
  });

  it("fails where the store cannot be asked", () => {
    const { sessions, store, key } = opened();
    store.fails = () => true;
    assert.throws(() => sessions.liveUntil(key), { status: 503, code: "STORE_UNAVAILABLE" });
  });
});
