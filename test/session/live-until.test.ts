import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sessionKey } from "../../src/session/session-key.ts";
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

  it("says null for a session that never was, has ended, or goes on under another id", () => {
    const { sessions, visit, jar, key } = opened();
    assert.equal(sessions.liveUntil(sessionKey("A".repeat(43))), null);
    visit(jar, (session) => session.regenerate());
    assert.equal(sessions.liveUntil(key), null);
    const next = sessionKey(jar.cookie ?? "");
    assert.equal(sessions.liveUntil(next), START + 3_600_000);
    visit(jar, (session) => session.destroy());
    assert.equal(sessions.liveUntil(next), null);
  });

  it("fails where the store cannot be asked", () => {
    const { sessions, store, key } = opened();
    store.fails = () => true;
    assert.throws(() => sessions.liveUntil(key), { status: 503, code: "STORE_UNAVAILABLE" });
  });
});
