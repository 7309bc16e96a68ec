import assert from "node:assert/strict";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import { LineWriter } from "../../src/log/line-writer.ts";

describe("LineWriter", () => {
  /** What each write does: takes so many bytes, or fails. Afterwards there is room for all. */
  let writes: (number | "ENOSPC" | "EAGAIN")[];
  let written: string;
  let lost: number[];
  let writer: LineWriter;

  beforeEach(() => {
    [writes, written, lost] = [[], "", []];
    mock.method(fs, "writeSync", (_descriptor: number, bytes: Uint8Array) => {
      const outcome = writes.shift() ?? bytes.length;
      if (typeof outcome === "string") throw Object.assign(new Error(outcome), { code: outcome });
      written += Buffer.from(bytes.subarray(0, outcome)).toString();
      return outcome;
    });
    syncBuiltinESMExports();
    writer = new LineWriter(1, (lines) => lost.push(lines));
  });
  afterEach(() => {
    mock.restoreAll();
    syncBuiltinESMExports();
  });

  it("writes each line at once, in as many pieces as the system wants", () => {
    writes = [1, 2];
    writer.write("first\n");
    assert.equal(written, "first\n");
    writer.write("zwö\n");
    assert.deepEqual([written, lost], ["first\nzwö\n", []]);
  });

  it("loses what has no room, without an error, and tells how much once there is room", () => {
    writes = ["ENOSPC", "ENOSPC"];
    for (const line of ["a\n", "b\n", "c\n", "d\n"]) writer.write(line);
    assert.deepEqual([written, lost], ["c\nd\n", [2]]);
  });

  it("completes a line that was cut before it writes another one", () => {
    writes = [3, "ENOSPC", "ENOSPC", 1, "ENOSPC"];
    for (const line of ["whole\n", "lost\n", "lost too\n", "next\n"]) writer.write(line);
    assert.deepEqual([written, lost], ["whole\nnext\n", [2]]);
  });

  it("waits for a reader that does not keep up, but not for ever", () => {
    const pause = mock.method(Atomics, "wait", () => "timed-out");
    writes = ["EAGAIN", "EAGAIN"];
    writer.write("late\n");
    assert.equal(written, "late\n");
    writes = Array.from({ length: 501 }, () => "EAGAIN");
    writer.write("lost\n");
    assert.deepEqual([written, writes, pause.mock.callCount()], ["late\n", [], 502]);
    writes = ["EAGAIN"];
    writer.write("lost at once\n");
    writer.write("next\n");
    assert.deepEqual([written, lost, pause.mock.callCount()], ["late\nnext\n", [2], 502]);
  });
});
