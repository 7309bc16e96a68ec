import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { KeyQueue } from "../../src/session/key-queue.ts";
import { answer, nowOrLater, type Work } from "../../src/session/now-or-later.ts";
import { Session } from "../../src/session/session.ts";
import { sessionKey } from "../../src/session/session-key.ts";
import { atOnce, type Jar, openSessions } from "./open-sessions.ts";

const WRITERS = 48;

/** Work that says when it begins and ends, and whose wait can be ended. */
function stages(): {
  readonly seen: string[];
  readonly work: (name: string) => Work<string>;
  readonly go: (name: string, error?: Error) => void;
} {
  const seen: string[] = [];
  const waiting = new Map<string, (error?: Error) => void>();
  function* work(name: string): Work<string> {
    seen.push(`${name} begins`);
    yield* answer(
      new Promise<void>((resolve, reject) => waiting.set(name, (error) => (error ? reject(error) : resolve()))),
    );
    seen.push(`${name} ends`);
    return name;
  }
  return { seen, work, go: (name, error) => waiting.get(name)?.(error) };
}

describe("KeyQueue", () => {
  it("does at once what need not wait", () => {
    const queue = new KeyQueue();
    function* sum(): Work<number> {
      return (yield* answer(1)) + 2;
    }
    assert.equal(nowOrLater(queue.inTurn("a", sum())), 3);
    assert.equal(nowOrLater(queue.inTurn("a", sum())), 3);
  });

  it("lets work on one key wait for its turn, and none on another", async () => {
    const [queue, { seen, work, go }] = [new KeyQueue(), stages()];
    const [first, second] = [nowOrLater(queue.inTurn("a", work("1"))), nowOrLater(queue.inTurn("a", work("2")))];
    nowOrLater(queue.inTurn("b", work("other")));
    assert.deepEqual(seen, ["1 begins", "other begins"]);
    go("1");
    assert.equal(await first, "1");
    await Promise.resolve();
    go("2");
    assert.equal(await second, "2");
    assert.deepEqual(seen, ["1 begins", "other begins", "1 ends", "2 begins", "2 ends"]);
  });

  it("lets the third wait for the second, although the first is done", async () => {
    const [queue, { seen, work, go }] = [new KeyQueue(), stages()];
    const [first, second] = ["1", "2"].map((name) => nowOrLater(queue.inTurn("a", work(name))));
    go("1");
    await first;
    await Promise.resolve();
    const third = nowOrLater(queue.inTurn("a", work("3")));
    assert.deepEqual(seen, ["1 begins", "1 ends", "2 begins"]);
    go("2");
    await second;
    await Promise.resolve();
    go("3");
    assert.equal(await third, "3");
  });

  it("waits for nobody once all have had their turn", async () => {
    const [queue, { work, go }] = [new KeyQueue(), stages()];
    const only = nowOrLater(queue.inTurn("a", work("1")));
    go("1");
    await only;
    function* nothing(): Work<string> {
      return yield* answer("at once");
    }
    assert.equal(nowOrLater(queue.inTurn("a", nothing())), "at once");
  });

  it("goes on after work that failed, whose failure is that one's alone", async () => {
    const [queue, { work, go }] = [new KeyQueue(), stages()];
    const [first, second] = [nowOrLater(queue.inTurn("a", work("1"))), nowOrLater(queue.inTurn("a", work("2")))];
    go("1", new Error("down"));
    await assert.rejects(async () => first, /down/);
    await Promise.resolve();
    go("2");
    assert.equal(await second, "2");
  });
});

describe("parallel saves of one session in one process", () => {
  it("cost each of them at most one attempt that fails", async () => {
    const { visit, sessions, store } = openSessions();
    const jar: Jar = { cookie: undefined };
    visit(jar, (session) => session.set("a", 1));
    const visits = Array.from({ length: WRITERS }, () => atOnce(sessions.open(jar.cookie)));
    store.calls.splice(0);
    store.pause = () => Promise.resolve();
    await Promise.all(
      visits.map((visit, index) => {
        new Session(visit).set(`key${index}`, index);
        return visit.close();
      }),
    );
    const writes = store.calls.filter((call) => call === `write ${sessionKey(jar.cookie ?? "")}`);
    assert.equal(writes.length, 2 * WRITERS - 1);
  });
});
