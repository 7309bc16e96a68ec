import { once } from "node:events";
import { startServer } from "./start-server.mjs";

const REPORT = new URL("report-usage.mjs", import.meta.url).href;

/**
 * Starts a server of servers/ that can be asked what its process has used so far.
 *
 * @param options.env Variables besides those that each server is given.
 * @param options.collectsGarbage Whether memory is measured after a full collection.
 * @returns What `startServer` returns, and `used`, which gives a promise of `{ cpu, heap, external, files, timers }`: microseconds of
 * CPU time, bytes, and numbers.
 */
export async function startWatchedServer(name, { env, collectsGarbage = false } = {}) {
  const flags = collectsGarbage ? ["--expose-gc"] : [];
  const command = [process.execPath, ...flags, "--import", REPORT];
  const server = await startServer(name, { command, env, hasChannel: true });
  const used = async () => {
    server.child.send("used");
    return (await once(server.child, "message"))[0];
  };
  return { ...server, used };
}
