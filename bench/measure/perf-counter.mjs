import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const EVENT = "instructions:u";

/** The processor's own counter, switched on and off from outside while the server runs. */
export const perfCounter = {
  name: "perf stat",
  isThere: () =>
    /^\d+,/m.test(spawnSync("perf", ["stat", "-x,", "-e", EVENT, "true"], { encoding: "utf8" }).stderr ?? ""),
  prepare(folder) {
    const log = join(folder, "count");
    return {
      command: [process.execPath, "--single-threaded"],
      /** What the process needs while `work` is done. */
      async count(pid, work) {
        const words = ["stat", "-x,", "-e", EVENT, "-p", pid, "-o", log, "--delay=-1", "--control=fd:3,4"];
        const perf = spawn("perf", words, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
        await order(perf, "enable");
        await work();
        await order(perf, "disable");
        perf.kill("SIGINT");
        await once(perf, "exit");
        return Number(readFileSync(log, "utf8").match(/^(\d+),/m)?.[1]);
      },
    };
  },
};

/** Returns once perf has done what it was told. */
async function order(perf, word) {
  const [, , , orders, answers] = perf.stdio;
  const ended = once(perf, "exit").then(() =>
    Promise.reject(new Error(`perf stat ended before it was told to ${word}.`)),
  );
  orders.write(`${word}\n`);
  await Promise.race([once(answers, "data"), ended]);
}
