import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { openFileStore } from "../../src/session/stores/file-store.ts";
import { skip } from "./fixtures/built-package.ts";
import { RunningCommand } from "./fixtures/running-command.ts";
import { temporaryProject } from "./fixtures/temporary-project.ts";

const HOUR_MS = 3_600_000;

describe("tina4 sessions:sweep", { skip, concurrency: 2 }, () => {
  it("removes what has expired, in as many steps as it takes, and says how much that was", async (test) => {
    const { root } = temporaryProject(test, { ".env": "TINA4_SESSION_PATH=data/kept" });
    const store = await openFileStore(join(root, "data/kept"), { now: () => Date.now() - 2 * HOUR_MS });
    for (let index = 0; index < 450; index++) {
      const expiresAt = index < 3 ? Date.now() + HOUR_MS : Date.now() - HOUR_MS;
      await store.write(`session:${index}`, { value: "{}", expiresAt }, null);
    }
    const sweep = () => new RunningCommand(test, ["sessions:sweep"], { cwd: root }).ending();
    const first = { code: 0, stdout: "Removed 447 expired records from data/kept.\n", stderr: "" };
    assert.deepEqual(await sweep(), first);
    assert.equal((await sweep()).stdout, "Removed 0 expired records from data/kept.\n");
    assert.notEqual(await store.read("session:0"), null);
    await store.close();
  });

  it("makes no folder where no session was ever kept", async (test) => {
    const { root } = temporaryProject(test, {});
    const { code, stdout } = await new RunningCommand(test, ["sessions:sweep"], { cwd: root }).ending();
    assert.deepEqual([code, stdout], [0, "There is nothing to sweep: no session was ever kept in data/sessions.\n"]);
    assert.equal(existsSync(join(root, "data")), false);
  });

  it("says which backends do so by themselves, and asks none", async (test) => {
    for (const [backend, answer] of [
      ["memory", /^Sessions are kept in memory/],
      ["redis", /^Redis removes what has expired by itself\./],
      ["valkey", /^Valkey removes/],
      ["mongodb", /^MongoDB removes/],
    ] as const) {
      const { root } = temporaryProject(test, { ".env": `TINA4_SESSION_BACKEND=${backend}\nTINA4_SESSION_PORT=1` });
      const { code, stdout } = await new RunningCommand(test, ["sessions:sweep"], { cwd: root }).ending();
      assert.equal(code, 0);
      assert.match(stdout, answer);
    }
  });
});
