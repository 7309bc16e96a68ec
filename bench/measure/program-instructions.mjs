// Counts the user-mode instructions of what a program does over and over: exactly, whatever else the machine is busy with.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const COUNTER = ["--tool=cachegrind", "--cache-sim=no", "--smc-check=all-non-file", "--cachegrind-out-file=/dev/null"];

/**
 * Instructions for one time: the difference of two runs, so that start-up and warm-up cancel out.
 *
 * @param program A script that is given `args` and how many times to do its work.
 */
export function instructionsPerTime(program, args, times) {
  const once = totalInstructions(program, [...args, String(times)]);
  const twice = totalInstructions(program, [...args, String(2 * times)]);
  return Math.round((twice - once) / times);
}

function totalInstructions(program, args) {
  const folder = mkdtempSync(join(tmpdir(), "tina4-bench-"));
  const log = join(folder, "count");
  try {
    const command = [...COUNTER, `--log-file=${log}`, process.execPath, "--single-threaded", program, ...args];
    execFileSync("valgrind", command, { stdio: ["ignore", "ignore", "inherit"] });
    return Number(
      readFileSync(log, "utf8")
        .match(/I +refs: +([\d,]+)/)?.[1]
        ?.replaceAll(",", ""),
    );
  } catch (cause) {
    throw new Error(`Could not count the instructions of ${program}. Is valgrind installed?`, { cause });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
