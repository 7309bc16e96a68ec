import assert from "node:assert/strict";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { EventStream } from "../../src/http/event-stream.ts";

/** A source that gives what it is told to, and notes what is asked of it. */
class Source implements AsyncIterableIterator<string> {
  asked = 0;
  returned = 0;
  #give: ((result: IteratorResult<string>) => void) | undefined;

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<string>> {
    this.asked += 1;
    return new Promise((resolve) => {
      this.#give = resolve;
    });
  }

  return(): Promise<IteratorResult<string>> {
    this.returned += 1;
    return Promise.resolve({ done: true, value: "" });
  }

  give(value: string): void {
    this.#give?.({ done: false, value });
  }
}

describe("EventStream", () => {
  beforeEach(() => mock.timers.enable({ apis: ["setInterval"] }));
  afterEach(() => mock.timers.reset());

  it("begins with a comment, and ends with its source", async () => {
    assert.equal(await text(new EventStream(["a", { data: 1 }])), ": open\n\ndata: a\n\ndata: 1\n\n");
  });

  it("sends a comment every 15 seconds while its source is quiet, and none after its end", async () => {
    const source = new Source();
    const stream = new EventStream(source).setEncoding("utf8");
    const read: string[] = [];
    stream.on("data", (chunk: string) => read.push(chunk));
    await turn();
    mock.timers.tick(14_999);
    await turn();
    assert.deepEqual(read, [": open\n\n"]);
    mock.timers.tick(1);
    mock.timers.tick(15_000);
    source.give("a");
    await turn();
    assert.deepEqual(read.slice(1).join(""), ":\n\n:\n\ndata: a\n\n");
    stream.destroy();
    mock.timers.tick(60_000);
    await turn();
    assert.equal(read.join("").match(/:\n\n/g)?.length, 2);
  });

  it("asks for no event and makes no comment that its reader has no room for", async () => {
    let given = 0;
    const stream = new EventStream(
      (function* () {
        for (;;) {
          given += 1;
          yield "x".repeat(1000);
        }
      })(),
    );
    stream.read(0);
    for (let round = 0; round < 100; round += 1) await turn();
    mock.timers.tick(600_000);
    assert.ok(given <= 18, `${given} events`);
    assert.ok(stream.readableLength <= 18_000, `${stream.readableLength} bytes`);
    stream.destroy();
  });

  it("makes no comment while an earlier one waits for its reader", () => {
    const stream = new EventStream(new Source());
    mock.timers.tick(600_000);
    assert.equal(stream.readableLength, ": open\n\n".length);
    stream.destroy();
  });

  it("leaves its source once, when it is destroyed before the end", async () => {
    const source = new Source();
    const stream = new EventStream(source);
    stream.resume();
    await turn();
    stream.destroy();
    stream.destroy();
    source.give("late");
    await once(stream, "close");
    assert.deepEqual([source.asked, source.returned], [1, 1]);
  });

  it("can be finished: what was sent stays, the source is left, and what comes late is dropped", async () => {
    const source = new Source();
    const stream = new EventStream(source);
    const all = text(stream);
    await turn();
    source.give("a");
    await turn();
    stream.finish();
    stream.finish();
    source.give("late");
    assert.equal(await all, ": open\n\ndata: a\n\n");
    assert.equal(source.returned, 1);
  });

  it("does not wait for a generator that waits itself, and hears no error of one that is left", async () => {
    const stream = new EventStream({
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<never>(() => undefined),
        return: () => Promise.reject(new Error("left")),
      }),
    });
    stream.resume();
    await turn();
    stream.destroy();
    await once(stream, "close");
    assert.equal(stream.errored, null);
  });

  it("fails with its source, and with an event that cannot be sent", async () => {
    const failing = new EventStream(
      (async function* () {
        yield "a";
        throw new Error("broken");
      })(),
    );
    await assert.rejects(text(failing), { message: "broken" });
    await assert.rejects(text(new EventStream([{ data: "", id: "a\nb" }])), { code: "RESPONSE_INVALID" });
    for (const source of [undefined, null, 7, {}]) {
      assert.throws(() => new EventStream(source as never), { code: "RESPONSE_INVALID" });
    }
  });
});
