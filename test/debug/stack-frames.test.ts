import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { stackFrames } from "../../src/debug/stack-frames.ts";

const framework = fileURLToPath(new URL("../../src/app/dispatcher.ts", import.meta.url));

describe("stackFrames", () => {
  const own = (stack: string): unknown =>
    stackFrames(stack, "/app").map(({ call, place, isOwn }) => [call, place, isOwn]);

  for (const [line, frame] of [
    ["    at load (file:///app/src/routes/a.ts:3:22)", ["load", "src/routes/a.ts:3:22", true]],
    ["    at async file:///app/src/a%20b.ts?v=2:4:1", ["", "src/a b.ts:4:1", true]],
    ["    at async Promise.all (index 0)", undefined],
    ["    at Object.run [as go] (/app/main.js:1:2)", ["Object.run [as go]", "main.js:1:2", true]],
    ["    at f (file:///app/node_modules/pg/lib/a.js:9:9)", ["f", "/app/node_modules/pg/lib/a.js:9:9", false]],
    ["    at node:internal/main/run_main_module:17:47", ["", "node:internal/main/run_main_module:17:47", false]],
    ["    at f (file:///application/a.ts:1:1)", ["f", "/application/a.ts:1:1", false]],
    ["    at f (file:///app/../etc/a.ts:1:1)", ["f", "/etc/a.ts:1:1", false]],
    [`    at f (${framework}:5:5)`, ["f", `${framework}:5:5`, false]],
    ["    at f (file:///app/%zz.ts:1:1)", ["f", "file:///app/%zz.ts:1:1", false]],
    ["Error: at f (/app/main.js:1:2)", undefined],
    [`    at ${"f".repeat(1000)} (/app/main.js:1:2)`, undefined],
  ] as const) {
    it(`reads ${line.slice(0, 80)}`, () => assert.deepEqual(own(line), frame === undefined ? [] : [frame]));
  }

  it("counts the files of a project as its own also where the framework's source is in it, as in its own examples", () => {
    const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
    const frames = stackFrames(`    at f (${framework}:5:5)\n    at g (${root}/examples/a.ts:1:1)`, root);
    assert.deepEqual(
      frames.map(({ isOwn }) => isOwn),
      [false, true],
    );
  });
});
