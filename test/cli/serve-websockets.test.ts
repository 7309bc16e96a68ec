import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { closeFrame, frame, openRaw } from "../websocket/fixtures/raw-socket.ts";
import { skip } from "./fixtures/built-package.ts";
import { RunningCommand } from "./fixtures/running-command.ts";
import { temporaryProject } from "./fixtures/temporary-project.ts";
import { serveWorkers, workersListen } from "./fixtures/worker-project.ts";

const ROUTES = {
  "src/routes/ws.ts": [
    'import { websocket } from "tina4-ts";',
    'websocket("/ws", async (socket) => {',
    '  void Promise.reject(new Error("unawaited"));',
    "  await socket.send(process.env.APP_VERSION ?? '');",
    "  for await (const message of socket) await socket.send(message);",
    '  console.log("handler ended");',
    "}).noAuth();",
  ],
};
const LEAVES = closeFrame(1001, "server stops");

describe("tina4 serve with open WebSockets", { skip, concurrency: 2 }, () => {
  it("closes them with 1001 at SIGTERM, lets their handlers end, and exits with 0", async (test) => {
    const { root } = temporaryProject(test, { ".env": "APP_VERSION=one", ...ROUTES });
    const command = new RunningCommand(test, ["serve", "--port", "0"], { cwd: root });
    const { port } = new URL(await command.listening());
    const client = await openRaw(Number(port), "/ws");
    await client.until("one");
    await command.until(/a promise failed and nobody waited for it/);
    await client.send(frame(0x81, "still here")).until("still here");
    command.kill("SIGTERM");
    await client.until(LEAVES);
    client.send(frame(0x88, "\x03\xe9"));
    await client.gone();
    await command.until(/handler ended/);
    assert.equal((await command.ending()).code, 0);
  });

  it("closes those of a worker that is replaced at SIGHUP, and the new one takes others", async (test) => {
    const { command, project } = serveWorkers(test, 2, ROUTES);
    const port = Number(new URL(await workersListen(command, 2)).port);
    const clients = await Promise.all([1, 2, 3, 4].map(() => openRaw(port, "/ws")));
    for (const client of clients) await client.until("one");
    project.write(".env", "APP_VERSION=two");
    command.kill("SIGHUP");
    for (const client of clients) {
      await client.until(LEAVES);
      client.send(frame(0x88, "\x03\xe9"));
      await client.gone();
    }
    await command.until(/all workers are new/);
    const late = await openRaw(port, "/ws");
    await late.until("two");
    late.socket.destroy();
  });
});
