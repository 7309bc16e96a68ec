import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("fixtures/server/program.ts", import.meta.url));
const PATIENCE_MS = 60_000;

interface Started {
  readonly child: ChildProcess;
  readonly root: string;
  readonly output: () => string;
  readonly printed: (pattern: RegExp) => Promise<RegExpExecArray>;
}

/** Runs a program that calls `run()`, in a folder of its own. */
function start(test: TestContext, env: string): Started {
  const root = mkdtempSync(join(tmpdir(), "tina4-run-"));
  writeFileSync(join(root, ".env"), env);
  const flags = process.execArgv.filter((flag) => !flag.startsWith("--test"));
  const child = spawn(process.execPath, [...flags, PROGRAM], { cwd: root, env: { PATH: process.env.PATH } });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  const exited = once(child, "exit");
  const printed = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const match = pattern.exec(text);
      if (match !== null) return match;
      assert.equal(child.exitCode, null, text);
      await Promise.race([once(child.stdout, "data"), exited]);
    }
  };
  const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
  test.after(async () => {
    clearTimeout(timer);
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "close");
    }
    rmSync(root, { recursive: true, force: true });
  });
  return { child, root, output: () => text, printed };
}

async function versionOf(url: string): Promise<{ version: string; pid: number; port?: string }> {
  const answer = await fetch(`${url}/version`, { headers: { Connection: "close" } });
  return (await answer.json()) as { version: string; pid: number };
}

describe("run() with TINA4_WORKERS", () => {
  it("starts the program for each worker, goes on only in them, and reads .env anew at SIGHUP", async (test) => {
    const env = ["PORT=0", "TINA4_WORKERS=2", "TINA4_RATE_LIMIT=0"];
    const started = start(test, [...env, "PROGRAM_VERSION=one"].join("\n"));
    const [, url = ""] = await started.printed(/tina4 listens on (\S+) with 2 workers\n/);
    assert.equal((await versionOf(url)).version, "one");
    assert.notEqual((await versionOf(url)).pid, started.child.pid);
    writeFileSync(join(started.root, ".env"), [...env, "PROGRAM_VERSION=two"].join("\n"));
    started.child.kill("SIGHUP");
    await started.printed(/all workers are new/);
    assert.deepEqual(
      [await versionOf(url), await versionOf(url)].map(({ version }) => version),
      ["two", "two"],
    );
    started.child.kill("SIGTERM");
    const [code] = await once(started.child, "close");
    assert.equal(code, 0);
    const output = started.output();
    assert.equal(output.match(/begins/g)?.length, 5, "the one that watches, two workers, and two more");
    assert.equal(output.match(/goes on/g)?.length, 4);
    assert.doesNotMatch(output, new RegExp(`program ${started.child.pid} goes on`));
    assert.equal(output.match(/TINA4_RATE_BACKEND is memory/g)?.length, 1);
  });

  it("serves from the program itself in debug, and says that it does", async (test) => {
    const started = start(test, ["PORT=0", "TINA4_WORKERS=2", "TINA4_DEBUG=on"].join("\n"));
    const [, url = ""] = await started.printed(/tina4 listens on (\S+)\n/);
    assert.equal((await versionOf(url)).pid, started.child.pid);
    assert.match(started.output(), /TINA4_WORKERS has no effect in debug/);
  });

  it("answers 503 to /health/ready and serves on for the delay after SIGTERM", async (test) => {
    const started = start(test, ["PORT=0", "TINA4_WORKERS=2", "TINA4_SHUTDOWN_DELAY=2"].join("\n"));
    const [, url = ""] = await started.printed(/tina4 listens on (\S+) with 2 workers\n/);
    const ready = async () => (await fetch(`${url}/health/ready`, { headers: { Connection: "close" } })).status;
    assert.equal(await ready(), 200);
    started.child.kill("SIGTERM");
    const seen = new Set<number>();
    await assert.rejects(async () => {
      for (;;) {
        if ((await ready()) === 503) seen.add((await versionOf(url)).pid);
      }
    });
    assert.ok(seen.size > 0, "not ready, and all the same it serves");
    const [code] = started.child.exitCode === null ? await once(started.child, "close") : [started.child.exitCode];
    assert.equal(code, 0);
  });
});
