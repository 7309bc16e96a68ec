import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Jar, openSessions, START } from "./open-sessions.ts";

const EXPIRES_AT = START + 10_000_000;

describe("the names of what is tied to a session", () => {
  it("are those of this request, then those that are stored, while the bearer stays", () => {
    const { visit } = openSessions();
    const jar: Jar = { cookie: undefined };
    visit(jar, (session, visit) => {
      session.set("user_id", 1);
      assert.deepEqual(visit.tiedNames, []);
      visit.tie("token:1", EXPIRES_AT);
      assert.deepEqual(visit.tiedNames, ["token:1"]);
    });
    visit(jar, (session, visit) => {
      visit.tie("token:2", EXPIRES_AT);
      assert.deepEqual(visit.tiedNames, ["token:2", "token:1"]);
      session.set("user_id", 2);
      assert.deepEqual(visit.tiedNames, ["token:2"]);
    });
  });

  it("are at most a thousand: the oldest of more ends", () => {
    const { visit, ended } = openSessions();
    const jar: Jar = { cookie: undefined };
    visit(jar, (session, visit) => {
      session.set("user_id", 1);
      for (let count = 0; count < 1000; count += 1) visit.tie(`token:${count}`, EXPIRES_AT);
    });
    visit(jar, (_session, visit) => {
      assert.equal(visit.tiedNames.length, 1000);
      visit.tie("token:1000", EXPIRES_AT);
    });
    assert.deepEqual(ended, ["token:0"]);
    visit(jar, (_session, visit) => {
      assert.deepEqual([visit.tiedNames.length, visit.tiedNames[0]], [1000, "token:1"]);
    });
  });

  it("are told when they end, and nobody is told of none", () => {
    const told: (readonly string[])[] = [];
    const { visit } = openSessions({ endTied: (names) => void told.push(names) });
    const jar: Jar = { cookie: undefined };
    visit(jar, (_session, visit) => visit.login({ sub: 1 }));
    visit(jar, (_session, visit) => visit.tie("token:1", EXPIRES_AT));
    visit(jar, (session) => session.regenerate());
    visit(jar, (session) => session.destroy());
    assert.deepEqual(told, [["token:1"]]);
  });
});
