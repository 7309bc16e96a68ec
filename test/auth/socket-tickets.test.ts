import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { SocketTickets } from "../../src/auth/socket-tickets.ts";
import type { Claims } from "../../src/claims.ts";
import { decodeJwt } from "../../src/tokens/decode-jwt.ts";
import { signJwt } from "../../src/tokens/sign-jwt.ts";
import { createSigningKeys } from "../../src/tokens/signing-keys.ts";
import { StoreDouble } from "./store-double.ts";

const IAT = 1_700_000_000;
const keys = createSigningKeys({ secret: "1f0c93b5d7a24e6880bb6e5f34d2c9a7" });

function open(pause?: () => Promise<unknown>) {
  const clock = { now: IAT * 1000 };
  const store = new StoreDouble(() => clock.now, pause);
  return { tickets: new SocketTickets({ keys, store, now: () => clock.now }), store, clock };
}

describe("SocketTickets", () => {
  it("gives the claims of a ticket once", async () => {
    const { tickets } = open();
    const ticket = tickets.issue({ sub: 42, role: "admin" });
    assert.deepEqual({ ...(await tickets.take(ticket, "/ws")) }, { sub: 42, role: "admin", iat: IAT });
    assert.equal(await tickets.take(ticket, "/ws"), null);
  });

  it("keeps what revocation goes by: iat and auth_time of the claims", async () => {
    const { tickets } = open();
    const claims = { sub: 42, iat: IAT - 100, auth_time: IAT - 900, exp: IAT + 800 };
    assert.deepEqual({ ...(await tickets.take(tickets.issue(claims), "/ws")) }, claims);
  });

  it("takes a ticket for thirty seconds", async () => {
    const { tickets, clock } = open();
    const [early, late] = [tickets.issue({ sub: 42 }), tickets.issue({ sub: 42 })];
    clock.now += 29_999;
    assert.notEqual(await tickets.take(early, "/ws"), null);
    clock.now += 1;
    assert.equal(await tickets.take(late, "/ws"), null);
  });

  it("takes no ticket longer than the claims last, and issues none for claims that have expired", async () => {
    const { tickets, clock } = open();
    const ticket = tickets.issue({ sub: 42, exp: IAT + 10 });
    clock.now += 10_000;
    assert.equal(await tickets.take(ticket, "/ws"), null);
    assert.throws(() => tickets.issue({ sub: 42, exp: IAT + 10 }), { code: "TOKEN_PAYLOAD_INVALID" });
  });

  it("opens the one path that it was issued for, and a wrong path does not use it up", async () => {
    const { tickets, store } = open();
    const ticket = tickets.issue({ sub: 42 }, { path: "/ws/chat" });
    for (const path of ["/ws", "/ws/chat/", "/ws/chatter", "/WS/chat", ""]) {
      assert.equal(await tickets.take(ticket, path), null, path);
    }
    assert.deepEqual(store.asked, []);
    assert.equal((await tickets.take(ticket, "/ws/chat"))?.sub, 42);
  });

  it("refuses everything that is no ticket of ours, and asks no store for it", async () => {
    const { tickets, store } = open();
    const exp = IAT + 20;
    const user = { sub: 42 };
    const malformed = [{ user }, { jti: "a" }, { jti: 1, user }, { jti: "a", user: [user] }, { jti: "a", user: "x" }];
    const signed = [...malformed, { jti: "a", user, path: 5 }].map((claims) =>
      signJwt({ ...claims, exp }, keys.ticket),
    );
    const ticket = tickets.issue(user);
    for (const value of [...signed, `${ticket}x`, ticket.slice(1), "", "a.b.c", "x".repeat(9000), null, 5, [ticket]]) {
      assert.equal(await tickets.take(value, "/ws"), null);
    }
    assert.deepEqual(store.asked, []);
  });

  it("refuses claims that a ticket cannot carry", () => {
    const { tickets } = open();
    const nested = (levels: number): Claims => (levels === 0 ? {} : { in: nested(levels - 1) });
    const wrong = [null, [], { at: new Date(0) }, { exp: "soon" }, { text: "x".repeat(8192) }, nested(31)];
    for (const claims of wrong) {
      assert.throws(() => tickets.issue(claims as Claims), { code: "TOKEN_PAYLOAD_INVALID" });
    }
  });

  it("names what is wrong: options that do not exist, a ticket that is too long, claims that have expired", () => {
    const { tickets } = open();
    const unknown = (name: string) => ({ code: "OPTION_UNKNOWN", message: new RegExp(`^${name}"`) });
    assert.throws(() => tickets.issue({}, { paths: "/ws" } as object), unknown('getSocketTicket has no option "paths'));
    const options = { keys, store: new StoreDouble(() => 0), seconds: 5 };
    assert.throws(() => new SocketTickets(options), unknown('SocketTickets has no option "seconds'));
    const message = (text: string) => ({ code: "TOKEN_PAYLOAD_INVALID", message: `The claims ${text}.` });
    assert.throws(() => tickets.issue({ exp: IAT }), message("have expired"));
    const long = { text: "x".repeat(8192) };
    assert.throws(() => tickets.issue(long), message("make a ticket of over 8192 characters"));
  });

  it("issues no ticket that it would not take: 8192 characters are what any token may have", async () => {
    const { tickets } = open();
    const longest = tickets.issue({ text: "x".repeat(5973) });
    assert.equal(longest.length, 8191);
    assert.equal(String((await tickets.take(longest, "/"))?.text).length, 5973);
    assert.throws(() => tickets.issue({ text: "x".repeat(5974) }), { code: "TOKEN_PAYLOAD_INVALID" });
  });

  it("gives every claim back that it could be issued for", async () => {
    const { tickets } = open();
    const nested = (levels: number): Claims => (levels === 0 ? {} : { in: nested(levels - 1) });
    assert.deepEqual(
      JSON.stringify((await tickets.take(tickets.issue(nested(30)), "/"))?.in),
      JSON.stringify(nested(29)),
    );
  });

  it("keeps a digest only, under a key of the usual form", async () => {
    const { tickets, store } = open();
    const ticket = tickets.issue({ sub: "alice" });
    await tickets.take(ticket, "/ws");
    const [[key, record] = assert.fail()] = store.records;
    assert.match(key, /^ticket:[\w-]{43}$/);
    assert.equal(record.value, "{}");
    assert.equal(record.expiresAt, (IAT + 30) * 1000 + 120_000);
    for (const text of [ticket, "alice", String(decodeJwt(ticket)?.jti)]) assert.ok(!store.dump().includes(text));
  });

  it("lets one of many connections in, in whatever order the store answers", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { tickets } = open(() => scheduler.schedule(Promise.resolve()));
        const ticket = tickets.issue({ sub: 42 });
        const takes = Array.from({ length: 10 }, () => tickets.take(ticket, "/ws"));
        const taken = await scheduler.waitFor(Promise.all(takes));
        assert.equal(taken.filter((claims) => claims !== null).length, 1);
      }),
      { seed: 3, numRuns: 50 },
    );
  });

  it("lets nobody in when the store cannot be asked: 503", async () => {
    const { tickets, store } = open();
    const ticket = tickets.issue({ sub: 42 });
    store.isDown = true;
    const expected = { name: "HttpError", status: 503, code: "STORE_UNAVAILABLE", cause: store.error };
    await assert.rejects(tickets.take(ticket, "/ws"), expected);
  });
});
