import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

// A collection of the whole heap costs as much as thousands of requests, and when it comes is chance: with room enough there is none.
const NO_MAJOR_COLLECTION = ["--initial-heap-size=512", "--no-memory-reducer"];

/** Counts exactly, without a counter in the processor, and slowly: so it begins to when it is told to by `vgdb`. */
export const valgrindCounter = {
  name: "valgrind",
  isThere: () => ["valgrind", "vgdb"].every((program) => spawnSync(program, ["--version"]).error === undefined),
  prepare(folder) {
    const file = join(folder, "counts");
    const valgrind = [
      "valgrind",
      "--quiet",
      "--tool=callgrind",
      "--instr-atstart=no",
      "--smc-check=all-non-file",
      `--callgrind-out-file=${file}`,
    ];
    let dumps = 0;
    return {
      command: [...valgrind, process.execPath, "--single-threaded", ...NO_MAJOR_COLLECTION],
      /** What the process needs while `work` is done. */
      async count(pid, work) {
        const order = (...words) => run("vgdb", [`--pid=${pid}`, ...words]);
        await order("instrumentation", "on");
        await order("zero");
        await work();
        await order("dump");
        dumps += 1;
        return Number(readFileSync(`${file}.${dumps}`, "utf8").match(/^(?:summary|totals): (\d+)/m)?.[1]);
      },
    };
  },
};
