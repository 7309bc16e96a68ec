import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

// A collection of the whole heap costs as much as thousands of requests, and when it comes is chance: with room enough there is none.
const NO_MAJOR_COLLECTION = ["--initial-heap-size=512", "--no-memory-reducer"];

/** Counts exactly, without a counter in the processor, and slowly: so it only counts between two orders of `vgdb`. */
export const valgrindCounter = {
  name: "valgrind",
  isThere: () => ["valgrind", "vgdb"].every((program) => spawnSync(program, ["--version"]).error === undefined),
  prepare(folder) {
    const log = join(folder, "count");
    const valgrind = [
      "valgrind",
      "--tool=callgrind",
      "--instr-atstart=no",
      "--smc-check=all-non-file",
      "--callgrind-out-file=/dev/null",
      `--log-file=${log}`,
    ];
    let ordered;
    return {
      command: [...valgrind, process.execPath, "--single-threaded", ...NO_MAJOR_COLLECTION],
      async begin(pid) {
        ordered = pid;
        await run("vgdb", [`--pid=${pid}`, "instrumentation", "on"]);
      },
      async end() {
        await run("vgdb", [`--pid=${ordered}`, "instrumentation", "off"]);
      },
      total: () => Number(readFileSync(log, "utf8").match(/Collected : (\d+)/)?.[1]),
    };
  },
};
