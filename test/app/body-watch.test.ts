import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { describe, it } from "node:test";
import { BodyWatch } from "../../src/app/body-watch.ts";

/** A body that is being read, of a connection on which a head of 300 bytes has come. */
class ArrivingBody {
  readonly socket = { bytesRead: 300 };
  complete = false;
  readers = 1;
  paused = false;

  listenerCount(event: string): number {
    return event === "data" ? this.readers : 0;
  }

  isPaused(): boolean {
    return this.paused;
  }
}

function open() {
  const body = new ArrivingBody();
  const watch = new BodyWatch(body as unknown as IncomingMessage);
  /** What is said after each of these numbers of bytes, a second apart. */
  const pacesOf = (...bytes: number[]) =>
    bytes.map((count) => {
      body.socket.bytesRead += count;
      return watch.pace();
    });
  return { body, pacesOf };
}

const times = (count: number, bytes: number): number[] => Array(count).fill(bytes);
const fair = (count: number): string[] => Array(count).fill("fair");

describe("BodyWatch", () => {
  it("takes 240 bytes a second for fair, for as long as they come", () => {
    assert.deepEqual(open().pacesOf(...times(100, 240)), fair(100));
  });

  it("takes less for stalled, once five seconds have passed", () => {
    for (const bytes of [239, 1, 0]) {
      assert.deepEqual(open().pacesOf(...times(6, bytes)), [...fair(5), "stalled"], `${bytes} bytes a second`);
    }
  });

  it("goes by the average: who was late may catch up, and who has sent faster may rest", () => {
    assert.deepEqual(open().pacesOf(...times(5, 0), 1440, 0), [...fair(6), "stalled"]);
    assert.deepEqual(open().pacesOf(...times(5, 0), 1439), [...fair(5), "stalled"]);
    assert.deepEqual(open().pacesOf(2400, ...times(10, 0)), [...fair(10), "stalled"]);
  });

  it("lets nobody rest for longer than a minute, whatever has come before", () => {
    for (const bytes of [14_400, 14_401, 1_000_000_000]) {
      assert.deepEqual(open().pacesOf(bytes, ...times(60, 0)), [...fair(60), "stalled"], `${bytes} bytes at once`);
    }
  });

  it("does not count the time in which nobody reads, or all has come", () => {
    const { body, pacesOf } = open();
    body.readers = 0;
    assert.deepEqual(pacesOf(...times(10, 0)), Array(10).fill(null));
    body.readers = 1;
    body.complete = true;
    assert.deepEqual(pacesOf(...times(10, 0)), Array(10).fill(null));
    body.complete = false;
    assert.deepEqual(pacesOf(...times(6, 0)), [...fair(5), "stalled"]);
  });

  it("does not count the time in which the reader pauses, unless something has come", () => {
    const { body, pacesOf } = open();
    body.paused = true;
    assert.deepEqual(pacesOf(...times(10, 0)), Array(10).fill(null));
    assert.deepEqual(pacesOf(...times(6, 1)), [...fair(5), "stalled"]);
    body.paused = false;
    assert.deepEqual(pacesOf(0), ["stalled"]);
  });
});
