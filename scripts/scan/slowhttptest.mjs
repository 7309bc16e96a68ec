import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "./run-program.mjs";

const CONNECTIONS = 300;
const HEALTH_TIMEOUT_MS = 1000;
const HEALTH_PAUSE_MS = 250;

/** Its four ways to be slow, on a page, a form and a file of the example. */
export function slowModes({ page, form, file }) {
  return [
    { mode: "slow headers", args: ["-H", "-i", "2"], path: page },
    { mode: "slow body", args: ["-B", "-i", "2", "-s", "8192"], path: form },
    { mode: "slow read", args: ["-X", "-w", "8", "-y", "16", "-n", "5", "-z", "8", "-k", "10"], path: file },
    { mode: "range", args: ["-R", "-a", "1", "-b", "3000"], path: file },
  ];
}

/** Holds connections open while another client asks for `/health`. */
export async function slowhttptest(server, { args, path }, seconds) {
  const prefix = join(server.folder, "slow");
  const before = await server.look();
  const watch = watchHealth(server.url);
  const counts = ["-c", `${CONNECTIONS}`, "-r", "150", "-l", `${seconds}`, "-p", "1", "-v", "1", "-g", "-o", prefix];
  const { lines } = await runProgram("slowhttptest", [...args, ...counts, "-u", server.url + path], {
    seconds: seconds + 30,
    cwd: server.folder,
  });
  const health = await watch.stop();
  const after = await server.look();
  return {
    ...readSeconds(prefix, lines),
    health,
    isAlive: server.isAlive,
    grownBytes: after.memory - before.memory,
  };
}

/** The most connections at a time, how long the run lasted, and whether the server had closed all of them by then. */
function readSeconds(prefix, lines) {
  const rows = readFileSync(`${prefix}.csv`, "utf8").trim().split("\n").slice(1);
  const open = rows.map((line) => Number(line.split(",")[3]));
  const [, lasted] = /Test ended on (\d+)\w* second/.exec(lines.join("\n")) ?? [];
  if (lasted === undefined) throw new Error(`slowhttptest has not come to an end:\n${lines.slice(-10).join("\n")}`);
  const areClosed = lines.some((line) => line.includes("No open connections left"));
  return { lasted, most: Math.max(0, ...open), areClosed };
}

function watchHealth(url) {
  let isOver = false;
  const seen = { asked: 0, late: 0, slowestMs: 0 };
  const asking = (async () => {
    while (!isOver) {
      const began = performance.now();
      seen.asked += 1;
      const signal = AbortSignal.timeout(HEALTH_TIMEOUT_MS);
      const ok = await fetch(`${url}/health`, { signal, headers: { Connection: "close" } }).then(
        (answer) => answer.ok,
        () => false,
      );
      if (!ok) seen.late += 1;
      seen.slowestMs = Math.max(seen.slowestMs, Math.round(performance.now() - began));
      await new Promise((resolve) => setTimeout(resolve, HEALTH_PAUSE_MS));
    }
  })();
  return {
    async stop() {
      isOver = true;
      await asking;
      return seen;
    },
  };
}
