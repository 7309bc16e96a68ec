import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Claims } from "../../src/claims.ts";
import type { Services } from "../../src/middleware/services.ts";
import { stayOfSession } from "../../src/middleware/stay-of-session.ts";
import { atOnce, type Jar, openSessions } from "../session/open-sessions.ts";

const REFRESH_SECONDS = 5;
const LIFETIME_SECONDS = 1800;
const TIE = "tie";
const LOGGED_OUT = { code: 1008, reason: "logged out" };
const UNAVAILABLE = { code: 1013, reason: "unavailable" };

/** A connection that a logged-in session has opened, and what is asked of it. */
function open({ hasRevocations }: { readonly hasRevocations: boolean }) {
  const bench = openSessions({ lifetimeSeconds: LIFETIME_SECONDS });
  const jar: Jar = { cookie: undefined };
  bench.visit(jar, (session) => session.set("user_id", 1));
  const revoked = new Set<unknown>();
  const services = {
    now: () => bench.clock.time,
    sessions: bench.sessions,
    settings: { TINA4_REVOCATION_REFRESH: REFRESH_SECONDS },
    revocations: hasRevocations
      ? {
          isRevoked: ({ session_tie, iat }: Claims) =>
            revoked.has(session_tie) && Number(iat) <= bench.clock.time / 1000,
        }
      : undefined,
  } as unknown as Services;
  const stay = stayOfSession(atOnce(bench.sessions.open(jar.cookie)), TIE, services);
  bench.store.calls.length = 0;
  /** What is known of the end some seconds later, once what had to be looked up is. */
  const after = async (seconds: number): Promise<ReturnType<typeof stay>> => {
    bench.clock.time += seconds * 1000;
    stay();
    await new Promise(setImmediate);
    return stay();
  };
  return { ...bench, jar, revoked, services, stay, after };
}

describe("stayOfSession", () => {
  it("ends at once with what is tied to the session, and asks no store for it", async () => {
    const { after, revoked, store } = open({ hasRevocations: true });
    assert.equal(await after(REFRESH_SECONDS - 1), undefined);
    revoked.add(TIE);
    assert.deepEqual(await after(0), LOGGED_OUT);
    assert.deepEqual(store.calls, []);
  });

  it("is of the second in which it opened: what was revoked until then ends it, and nothing before that", () => {
    const { sessions, services, clock } = open({ hasRevocations: false });
    const second = clock.time / 1000;
    clock.time += 999;
    let revokedUntil = second - 1;
    const isRevoked = ({ iat }: Claims): boolean => Number(iat) <= revokedUntil;
    const stay = stayOfSession(atOnce(sessions.open(undefined)), TIE, {
      ...services,
      revocations: { isRevoked },
    } as Services);
    assert.equal(stay(), undefined);
    revokedUntil = second;
    assert.deepEqual(stay(), LOGGED_OUT);
  });

  it("looks the session up when it would have expired by what was known last, not sooner", async () => {
    const { after, store, visit, jar } = open({ hasRevocations: true });
    assert.equal(await after(REFRESH_SECONDS), undefined);
    assert.equal(store.calls.length, 1);
    assert.equal(await after(LIFETIME_SECONDS - REFRESH_SECONDS - 1), undefined);
    visit(jar, () => {});
    store.calls.length = 0;
    assert.equal(await after(1), undefined);
    assert.equal(store.calls.length, 1);
    assert.deepEqual(await after(LIFETIME_SECONDS), LOGGED_OUT);
  });

  it("looks it up as often as revocations would have been, where none are kept", async () => {
    const { after, store, visit, jar } = open({ hasRevocations: false });
    for (let looks = 1; looks <= 3; looks += 1) {
      assert.equal(await after(REFRESH_SECONDS - 1), undefined);
      assert.equal(store.calls.length, looks - 1);
      assert.equal(await after(1), undefined);
      assert.equal(store.calls.length, looks);
    }
    visit(jar, (session) => session.destroy());
    assert.deepEqual(await after(REFRESH_SECONDS), LOGGED_OUT);
  });

  it("looks it up once at a time, however often it is asked meanwhile", async () => {
    const { stay, store, clock } = open({ hasRevocations: false });
    clock.time += REFRESH_SECONDS * 1000;
    for (let count = 0; count < 3; count += 1) assert.equal(stay(), undefined);
    assert.equal(store.calls.length, 1);
  });

  it("ends where nobody can say whether the session is still there", async () => {
    const { after, store } = open({ hasRevocations: true });
    store.fails = () => true;
    assert.equal(await after(REFRESH_SECONDS - 1), undefined);
    assert.deepEqual(await after(1), UNAVAILABLE);
    store.fails = () => false;
    assert.deepEqual(await after(REFRESH_SECONDS), UNAVAILABLE);
  });

  it("ends at the first look where the session was never stored", () => {
    const { sessions, services, clock } = open({ hasRevocations: true });
    const stay = stayOfSession(atOnce(sessions.open(undefined)), TIE, services);
    clock.time += REFRESH_SECONDS * 1000;
    assert.deepEqual(stay(), LOGGED_OUT);
  });
});
