import assert from "node:assert/strict";
import { it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { Session } from "../../src/session/session.ts";
import { atOnce, type Jar, openSessions } from "./open-sessions.ts";

it("what a handler sets while it is found that another request has ended the session is seen by it alone", async () => {
  const { visit, sessions, store, events } = openSessions();
  const jar: Jar = { cookie: undefined };
  visit(jar, (session) => session.set("user_id", 1));
  const late = atOnce(sessions.open(jar.cookie));
  const session = new Session(late);
  session.set("a", 1);
  visit(jar, (session) => session.destroy());
  store.pause = () => turn();
  const saving = session.save();
  session.set("b", 2);
  await saving;
  assert.deepEqual({ ...session.all() }, { b: 2 });
  assert.equal(await late.close(), null);
  assert.deepEqual(store.liveSessions, []);
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ["changes-dropped", "changes-dropped"],
  );
});
