import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RecordPool } from "../../src/rate-limit/record-pool.ts";
import { COUNTER_BYTES, RequestLog } from "../../src/rate-limit/request-log.ts";

describe("RequestLog", () => {
  it("keeps each time to the last fraction of its millisecond", () => {
    const counters = new RecordPool(COUNTER_BYTES, 10);
    const log = new RequestLog(counters, 1, 10);
    const counter = counters.take();
    for (const time of [0.1, 1.1, 2.1]) log.add(counter, time);
    assert.deepEqual([log.used(counter), log.oldestTime(counter), log.newestTime(counter)], [3, 0.1, 2.1]);
    log.remove(counter, 0.1);
    assert.deepEqual([log.used(counter), log.oldestTime(counter), log.newestTime(counter)], [2, 1.1, 2.1]);
    log.forget(counter, 1.1);
    assert.deepEqual([log.used(counter), log.oldestTime(counter), log.newestTime(counter)], [1, 2.1, 2.1]);
  });

  it("keeps the requests of one cell under the time of the latest of them", () => {
    const counters = new RecordPool(COUNTER_BYTES, 10);
    const log = new RequestLog(counters, 10, 10);
    const counter = counters.take();
    const oldest = [1, 9, 10, 19, 20].map((time) => {
      log.add(counter, time);
      return log.oldestTime(counter);
    });
    assert.deepEqual(oldest, [1, 9, 9, 9, 9]);
    log.forget(counter, 9);
    assert.deepEqual([log.used(counter), log.oldestTime(counter)], [3, 19]);
  });
});
