import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { setImmediate } from "node:timers/promises";
import { Session } from "../../src/session/session.ts";
import { sessionKey } from "../../src/session/session-key.ts";
import type { SessionVisit } from "../../src/session/session-visit.ts";
import { atOnce, type Jar, type OpenSessions, openSessions, START } from "./open-sessions.ts";

const UNAVAILABLE = { status: 503, code: "STORE_UNAVAILABLE" };
const EXPIRES_AT = START + 10_000_000;

let bench: OpenSessions;
let jar: Jar;
let visit: SessionVisit;
let session: Session;

/** The next request of a browser that may have a session already. */
function open(data: Readonly<Record<string, unknown>> = {}): void {
  bench = openSessions();
  jar = { cookie: undefined };
  bench.visit(jar, (session) => {
    for (const [key, value] of Object.entries(data)) session.set(key, value);
  });
  visit = atOnce(bench.sessions.open(jar.cookie));
  session = new Session(visit);
  bench.store.calls.splice(0);
}

function writesOf(cookie: string | undefined): number {
  return bench.store.calls.filter((call) => call === `write ${sessionKey(cookie ?? "")}`).length;
}

function dataUnder(cookie: string | undefined): Record<string, unknown> {
  return Object.fromEntries(atOnce(bench.sessions.open(cookie)).content.data);
}

describe("a session that is saved before the end of its request", () => {
  beforeEach(() => open({ theme: "dark" }));

  it("is not written again where nothing came after", async () => {
    bench.store.pause = () => Promise.resolve();
    session.set("a", 1);
    void session.save();
    await visit.close();
    assert.equal(writesOf(jar.cookie), 1);
  });

  it("has its new cookie sent, although nobody waited and nothing came after", async () => {
    open();
    bench.store.pause = () => Promise.resolve();
    session.set("a", 1);
    void session.save();
    const cookie = await visit.close();
    assert.deepEqual(bench.store.liveSessions, [sessionKey(cookie?.value ?? "")]);
  });

  it("gets another id for another bearer, also right after its first save", () => {
    open();
    session.set("a", 1);
    session.save();
    const first = visit.bindForm();
    session.set("user_id", 1);
    const cookie = atOnce(visit.close())?.value;
    assert.notEqual(cookie, first);
    assert.deepEqual(bench.store.liveSessions, [sessionKey(cookie ?? "")]);
  });

  it("changes its id once for one regenerate", () => {
    session.regenerate();
    session.save();
    const { liveSessions } = bench.store;
    session.set("a", 1);
    const cookie = atOnce(visit.close())?.value;
    assert.deepEqual([bench.store.liveSessions, [sessionKey(cookie ?? "")]], [liveSessions, liveSessions]);
  });

  it("keeps the id that forms are told, where another one is asked for while it is saved under a new one", async () => {
    bench.store.pause = () => Promise.resolve();
    session.regenerate();
    void session.save();
    session.regenerate();
    const bound = visit.bindForm();
    assert.equal((await visit.close())?.value, bound);
  });

  it("keeps what was tied before there was anything to store", () => {
    open();
    visit.tie("token:1", EXPIRES_AT);
    session.save();
    session.set("a", 1);
    const cookie = atOnce(visit.close())?.value;
    assert.deepEqual(atOnce(bench.sessions.open(cookie)).tiedNames, ["token:1"]);
  });

  it("tells forms the id that it has", () => {
    session.set("a", 1);
    session.save();
    assert.equal(visit.bindForm(), jar.cookie);
  });
});

describe("a save that fails", () => {
  beforeEach(() => open({ theme: "dark" }));

  it("refuses the request, also where the session was stored before", () => {
    session.set("theme", "light");
    bench.store.fails = (verb) => verb === "write";
    assert.throws(() => visit.close(), UNAVAILABLE);
  });

  it("does no harm where nobody waited for it, and is tried once more at the end", async () => {
    bench.store.pause = () => Promise.resolve();
    bench.store.fails = () => true;
    session.set("theme", "light");
    void session.save();
    await setImmediate();
    bench.store.fails = () => false;
    assert.equal(await visit.close(), null);
    bench.store.pause = undefined;
    assert.deepEqual(dataUnder(jar.cookie), { theme: "light" });
  });

  it("still changes the id when it is tried once more", () => {
    session.regenerate();
    bench.store.fails = () => true;
    assert.throws(() => session.save(), UNAVAILABLE);
    bench.store.fails = () => false;
    const cookie = atOnce(visit.close())?.value;
    assert.notEqual(cookie, undefined);
    assert.deepEqual(dataUnder(cookie), { theme: "dark" });
    assert.deepEqual(bench.store.liveSessions, [sessionKey(cookie ?? "")]);
  });

  it("succeeds under another id where the first attempt has left a record", () => {
    session.set("user_id", 1);
    let writes = 0;
    bench.store.fails = (verb, key) => verb === "write" && key.startsWith("session:") && ++writes === 2;
    assert.throws(() => session.save(), UNAVAILABLE);
    const cookie = atOnce(visit.close())?.value;
    assert.deepEqual(dataUnder(cookie), { theme: "dark", user_id: 1 });
  });

  it("brings nothing of a session that was destroyed meanwhile into the next one", async () => {
    bench.store.pause = () => Promise.resolve();
    bench.store.fails = (verb) => verb === "write";
    session.set("secret", 1);
    const saving = session.save();
    session.destroy();
    await assert.rejects(async () => saving, UNAVAILABLE);
    bench.store.fails = () => false;
    session.set("note", "Goodbye");
    const cookie = (await visit.close())?.value;
    bench.store.pause = undefined;
    assert.deepEqual(dataUnder(cookie), { note: "Goodbye" });
    assert.deepEqual(bench.store.liveSessions, [sessionKey(cookie ?? "")]);
  });
});

describe("a session that is destroyed", () => {
  it("ends also where its first save is under way, with what was tied to it", async () => {
    open();
    bench.store.pause = () => Promise.resolve();
    session.set("a", 1);
    visit.tie("token:1", EXPIRES_AT);
    void session.save();
    session.destroy();
    assert.equal(await visit.close(), null);
    assert.deepEqual([bench.store.liveSessions, new Set(bench.ended)], [[], new Set(["token:1"])]);
  });

  it("ends what was tied to it in the same request, and that once", () => {
    open({ theme: "dark" });
    visit.tie("token:1", EXPIRES_AT);
    session.destroy();
    session.save();
    session.set("a", 1);
    visit.close();
    assert.deepEqual(bench.ended, ["token:1"]);
  });

  it("ends what was tied before there was anything to store", () => {
    open();
    visit.tie("token:1", EXPIRES_AT);
    session.destroy();
    assert.equal(visit.close(), null);
    assert.deepEqual(bench.ended, ["token:1"]);
  });

  it("ends also where a save under way gives its login a session of its own, as the one before it has ended", async () => {
    open({ theme: "dark" });
    bench.visit(jar, (session) => session.destroy());
    bench.store.pause = () => Promise.resolve();
    visit.login({ sub: 1 });
    void session.save();
    session.destroy();
    assert.equal((await visit.close())?.maxAge, 0);
    assert.deepEqual(bench.store.liveSessions, []);
  });

  it("ends what was tied in a save that comes too late, and what was begun after that", async () => {
    open({ theme: "dark" });
    const rival = atOnce(bench.sessions.open(jar.cookie));
    rival.regenerate();
    rival.close();
    bench.store.pause = () => Promise.resolve();
    session.set("a", 1);
    visit.tie("token:1", EXPIRES_AT);
    void session.save();
    session.destroy();
    await session.save();
    assert.deepEqual([bench.store.liveSessions, bench.ended], [[], ["token:1"]]);
    session.set("b", 1);
    await session.save();
    session.destroy();
    assert.equal((await visit.close())?.maxAge, 0);
    assert.deepEqual(bench.store.liveSessions, []);
  });

  it("leaves its successor an id of its own, where a save that had to wait takes one later", async () => {
    open({ user_id: 1 });
    const parallel = atOnce(bench.sessions.open(jar.cookie));
    bench.store.pause = () => Promise.resolve();
    new Session(parallel).set("a", 1);
    void parallel.save();
    session.set("user_id", 2);
    void session.save();
    session.destroy();
    session.set("cart", 3);
    const bound = visit.bindForm();
    await session.save();
    assert.equal((await visit.close())?.value, bound);
    bench.store.pause = undefined;
    assert.deepEqual(dataUnder(bound), { cart: 3 });
    assert.deepEqual(bench.store.liveSessions, [sessionKey(bound)]);
  });

  it("ends with what was begun after it, where that is destroyed as well", () => {
    open();
    session.destroy();
    session.set("a", 1);
    session.save();
    session.destroy();
    visit.close();
    assert.deepEqual(bench.store.liveSessions, []);
  });
});
