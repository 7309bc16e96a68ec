import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { skip } from "./fixtures/built-package.ts";
import { serveWorkers, versionOf, workersListen } from "./fixtures/worker-project.ts";

const ENUM = "export enum Role { Admin }";

function count(text: string, pattern: RegExp): number {
  return text.match(new RegExp(pattern, "g"))?.length ?? 0;
}

/** A connection that comes in the very moment of the end may be left waiting. */
async function untilNobodyAnswers(url: string): Promise<void> {
  await assert.rejects(async () => {
    while (true) await fetch(`${url}/version`, { headers: { Connection: "close" }, signal: AbortSignal.timeout(2000) });
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("tina4 serve --workers", { skip, concurrency: 2 }, () => {
  it("serves from several processes on one port, says so once, and loads nothing into the one that watches", async (test) => {
    const { command } = serveWorkers(test, 2);
    const url = await workersListen(command, 2);
    const pids = new Set<number>();
    for (let request = 0; request < 6; request++) pids.add((await versionOf(url)).pid);
    assert.equal(pids.size, 2);
    assert.ok(!pids.has(command.process.pid as number));
    command.kill("SIGTERM");
    const { code, stdout, stderr } = await command.ending();
    assert.deepEqual([code, stderr], [0, ""]);
    assert.deepEqual([count(stdout, /tina4 listens on/), count(stdout, /tina4 found 3 routes/)], [1, 1]);
    assert.deepEqual(new Set(Array.from(stdout.matchAll(/loaded by (\d+)/g), ([, pid]) => Number(pid))), pids);
    assert.equal(count(stdout, /TINA4_RATE_BACKEND is memory/), 1, "a doubt about the settings is told once");
  });

  it("replaces a worker that crashes, while the other serves", async (test) => {
    const { command } = serveWorkers(test, 2);
    const url = await workersListen(command, 2);
    await assert.rejects(fetch(`${url}/crash`));
    assert.equal((await versionOf(url)).version, "one");
    await command.until(
      /"end":\{"code":null,"signal":"SIGKILL"\},"retryInMs":\d+,"message":"a worker crashed, and another/,
    );
    await command.until(/loaded by \d+/);
    const end = performance.now() + 20_000;
    const pids = new Set<number>();
    while (pids.size < 2 && performance.now() < end) pids.add((await versionOf(url)).pid);
    assert.equal(pids.size, 2);
  });

  it("ends with the mistake that keeps the first worker from starting, said once", async (test) => {
    const { command } = serveWorkers(test, 4, { "src/routes/broken.ts": ENUM });
    const { code, stderr, stdout } = await command.ending();
    assert.equal(code, 1);
    assert.equal(count(stderr, /could not be loaded/), 1);
    assert.equal(count(stdout, /loaded by/) <= 1, true);
    assert.doesNotMatch(stdout, /tina4 listens/);
  });

  it("says so when the project starts no server", async (test) => {
    const { command } = serveWorkers(test, 2, { "app.ts": 'import "tina4-ts";' });
    const { code, stderr } = await command.ending();
    assert.equal(code, 1);
    assert.match(stderr, /^The project started no server\./);
  });

  it("refuses workers that would each remember sessions for themselves, before any starts", async (test) => {
    const { command } = serveWorkers(test, 2, {}, [], { TINA4_SESSION_BACKEND: "memory" });
    const { code, stderr, stdout } = await command.ending();
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /^TINA4_SESSION_BACKEND is memory, which each of the TINA4_WORKERS has for itself/);
  });

  it("finishes the requests that run at SIGTERM, and exits with 0", async (test) => {
    const { command } = serveWorkers(test, 2);
    const url = await workersListen(command, 2);
    const answer = fetch(`${url}/slow`);
    const [, pid] = await command.until(/begun in (\d+)\n/);
    command.kill("SIGTERM");
    process.kill(Number(pid), "SIGUSR2");
    assert.equal(await (await answer).text(), "finished");
    assert.equal((await command.ending()).code, 0);
  });

  it("ends at once at a second signal, and leaves no worker", async (test) => {
    const { command } = serveWorkers(test, 2);
    const url = await workersListen(command, 2);
    const answer = fetch(`${url}/slow`);
    const [, pid] = await command.until(/begun in (\d+)\n/);
    const broken = assert.rejects(answer);
    command.kill("SIGINT");
    await untilNobodyAnswers(url);
    command.kill("SIGINT");
    await broken;
    assert.equal((await command.ending()).code, 1);
    assert.equal(isAlive(Number(pid)), false);
  });

  it("leaves no orphan when it is killed itself: workers finish what runs, and end", async (test) => {
    const { command } = serveWorkers(test, 2);
    const url = await workersListen(command, 2);
    const answer = fetch(`${url}/slow`);
    const [, pid] = await command.until(/begun in (\d+)\n/);
    command.kill("SIGKILL");
    await untilNobodyAnswers(url);
    process.kill(Number(pid), "SIGUSR2");
    assert.equal(await (await answer).text(), "finished");
    await command.ending(); // which waits until no process holds its output open
  });

  it("applies migrations once, before a worker starts, and lets all workers write one SQLite file", async (test) => {
    const { command } = serveWorkers(
      test,
      3,
      {
        "src/migrations/20260101000000_create_notes.sql": ["-- UP", "CREATE TABLE notes (pid INTEGER);"],
        "src/routes/notes.ts": [
          'import { Database, get, post } from "tina4-ts";',
          'post("/notes", () => new Database().insert("notes", { pid: process.pid })).noAuth();',
          'get("/notes", () => new Database().fetch("SELECT pid FROM notes"));',
        ],
      },
      ["--migrate"],
    );
    await command.until(/Applied 20260101000000_create_notes\.sql\n/);
    const url = await workersListen(command, 3);
    const write = () => fetch(`${url}/notes`, { method: "POST", headers: { Connection: "close" } });
    const answers = await Promise.all(Array.from({ length: 60 }, write));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    const rows = (await (await fetch(`${url}/notes`)).json()) as { pid: number }[];
    assert.deepEqual([rows.length, new Set(rows.map(({ pid }) => pid)).size], [60, 3]);
    command.kill("SIGTERM");
    const { stdout } = await command.ending();
    assert.equal(count(stdout, /Applied/), 1);
    assert.ok(stdout.indexOf("Applied") < stdout.indexOf("loaded by"));
  });

  it("signs with one secret in eight workers that found none", async (test) => {
    const { command } = serveWorkers(test, 8, {
      "src/routes/token.ts": [
        'import { Auth, get } from "tina4-ts";',
        'get("/token", () => ({ token: Auth.getToken({ sub: "1" }) }));',
        'get("/me", () => ({ pid: process.pid })).secure();',
      ],
    });
    const url = await workersListen(command, 8);
    const { token } = (await (await fetch(`${url}/token`)).json()) as { token: string };
    const headers = { Authorization: `Bearer ${token}`, Connection: "close" };
    const pids = new Set<number>();
    for (let request = 0; request < 24; request++) {
      const answer = await fetch(`${url}/me`, { headers });
      assert.equal(answer.status, 200);
      pids.add(((await answer.json()) as { pid: number }).pid);
    }
    assert.equal(pids.size, 8);
  });
});
