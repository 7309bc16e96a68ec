import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import type { RedisScripting } from "../../src/redis/redis-scripting.ts";
import { freePort } from "../app/free-port.ts";

/** The little of `ioredis` that the tests use. */
interface Redis {
  ping(): Promise<string>;
  call(command: string, ...args: (string | number)[]): Promise<unknown>;
  eval(script: string, keyCount: number, ...rest: (string | number)[]): Promise<unknown>;
  on(event: "error", listener: () => void): void;
  disconnect(): void;
}
type RedisClass = new (options: object) => Redis;

export interface RedisConnection extends RedisScripting {
  call: Redis["call"];
  disconnect(): void;
}

export interface RedisServer {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts a Redis server for the tests of one file.
 *
 * @param port Of a server that was stopped, to start it again. Default: a free one.
 * @param folder Where it keeps each write before it answers. Default: it forgets everything when it stops.
 * @returns The server, or why there is none; with `TINA4_TEST_REQUIRE_SERVICES=1` a missing one is an error instead.
 */
export async function startRedis(port?: number, folder?: string): Promise<RedisServer | string> {
  const missing = (await loadIoredis()) === undefined ? "ioredis" : redisIsInstalled() ? undefined : "redis-server";
  if (missing !== undefined) {
    if (process.env.TINA4_TEST_REQUIRE_SERVICES === "1") {
      throw new Error(`${missing} is not installed.`);
    }
    return `${missing} is not installed`;
  }
  return await launch(port ?? (await freePort()), folder);
}

async function launch(port: number, folder: string | undefined): Promise<RedisServer> {
  const keeping =
    folder === undefined ? ["--appendonly", "no"] : ["--dir", folder, "--appendonly", "yes", "--appendfsync", "always"];
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", ...keeping];
  const server = spawn("redis-server", args, { stdio: "ignore" });
  process.once("exit", () => server.kill());
  const connection = await connectRedis(port);
  connection.disconnect();
  const stop = async () => {
    if (server.signalCode !== null || server.exitCode !== null) return;
    server.kill("SIGKILL"); // as a crash would, also in the midst of a script
    await once(server, "exit");
  };
  return { port, stop };
}

/** Connects to a server that may still be starting. */
export async function connectRedis(port: number): Promise<RedisConnection> {
  const IoRedis = await loadIoredis();
  if (IoRedis === undefined) {
    throw new Error("ioredis is not installed.");
  }
  const retryStrategy = (tries: number) => (tries < 100 ? 50 : null);
  const redis = new IoRedis({ host: "127.0.0.1", port, retryStrategy, maxRetriesPerRequest: null });
  redis.on("error", () => {});
  await redis.ping();
  return {
    eval: (script, keys, args) => redis.eval(script, keys.length, ...keys, ...args),
    call: (command, ...args) => redis.call(command, ...args),
    disconnect: () => redis.disconnect(),
  };
}

async function loadIoredis(): Promise<RedisClass | undefined> {
  const packageName = "ioredis";
  try {
    return (await import(packageName)).Redis;
  } catch {
    return undefined;
  }
}

function redisIsInstalled(): boolean {
  return spawnSync("redis-server", ["--version"]).status === 0;
}
