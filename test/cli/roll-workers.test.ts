import assert from "node:assert/strict";
import { Agent, get } from "node:http";
import { describe, it } from "node:test";
import { skip } from "./fixtures/built-package.ts";
import { serveWorkers, versionOf, workersListen } from "./fixtures/worker-project.ts";

/** Asks again and again until it is told to stop. */
class Client {
  readonly statuses: number[] = [];
  readonly failures: string[] = [];
  readonly done: Promise<void>;
  isStopped = false;

  /** @param agent Keeps connections open, or makes a new one for each request. */
  constructor(url: string, agent: Agent) {
    this.done = this.#askOn(url, agent);
  }

  async #askOn(url: string, agent: Agent): Promise<void> {
    while (!this.isStopped) {
      try {
        this.statuses.push(await statusOf(url, agent));
      } catch (error) {
        this.failures.push(String(error));
      }
    }
    agent.destroy();
  }
}

function statusOf(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent }, (answer) => {
      answer
        .on("error", reject)
        .on("end", () => resolve(answer.statusCode ?? 0))
        .resume();
    });
    request.on("error", reject);
  });
}

describe("SIGHUP to tina4 serve --workers", { skip, concurrency: 2 }, () => {
  it("brings in what has changed, and no request fails meanwhile, on old connections and on new ones", async (test) => {
    const { command, project } = serveWorkers(test, 2);
    const url = await workersListen(command, 2);
    const before = await versionOf(url);
    const clients = [true, true, true, false, false, false].map(
      (keepAlive) => new Client(`${url}/version`, new Agent({ keepAlive })),
    );
    project.write(".env", "APP_VERSION=two");
    command.kill("SIGHUP");
    await command.until(/"workers":2,"message":"all workers are new"/);
    for (const client of clients) client.isStopped = true;
    await Promise.all(clients.map(({ done }) => done));
    assert.deepEqual(
      clients.flatMap(({ failures }) => failures),
      [],
    );
    assert.deepEqual(new Set(clients.flatMap(({ statuses }) => statuses)), new Set([200]));
    assert.ok(clients.every(({ statuses }) => statuses.length > 10));
    for (const _ of [1, 2]) assert.equal((await versionOf(url)).version, "two");
    assert.throws(() => process.kill(before.pid, 0), "the old worker is gone");
  });

  it("lets the old workers finish the requests that run", async (test) => {
    const { command } = serveWorkers(test, 2);
    const url = await workersListen(command, 2);
    const answer = fetch(`${url}/slow`);
    const [, pid] = await command.until(/begun in (\d+)\n/);
    command.kill("SIGHUP");
    await command.until(/loaded by \d+/);
    process.kill(Number(pid), "SIGUSR2");
    assert.equal(await (await answer).text(), "finished");
    await command.until(/all workers are new/);
  });

  it("leaves the old workers serving when the new version does not start, and says why", async (test) => {
    const { command, project } = serveWorkers(test, 2);
    const url = await workersListen(command, 2);
    const { pid } = await versionOf(url);
    project.write("src/routes/broken.ts", "export enum Role { Admin }");
    command.kill("SIGHUP");
    await command.until(/src\/routes\/broken\.ts could not be loaded/);
    await command.until(/"replaced":0,"message":"a new worker did not start, so those that serve go on"/);
    assert.ok(process.kill(pid, 0));
    assert.equal((await versionOf(url)).version, "one");
    command.kill("SIGTERM");
    assert.equal((await command.ending()).code, 0);
  });
});
