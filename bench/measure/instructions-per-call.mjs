import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const CALLS = 4000;
const LONGER = 3;

/** Whether instructions of a program can be counted here. */
export const canCount = spawnSync("valgrind", ["--version"]).error === undefined;

/**
 * User-mode instructions of one call, of which a program makes as many as its last argument says.
 *
 * It is the difference of two runs of different length, so that start-up and the compiler cancel out.
 */
export async function instructionsPerCall(program, ...words) {
  const short = await totalInstructions([program, ...words, CALLS]);
  const long = await totalInstructions([program, ...words, CALLS * LONGER]);
  return Math.round((long - short) / (CALLS * (LONGER - 1)));
}

async function totalInstructions(command) {
  const folder = mkdtempSync(join(tmpdir(), "tina4-count-"));
  const log = join(folder, "count");
  const valgrind = ["--tool=cachegrind", "--cache-sim=no", "--smc-check=all-non-file", `--log-file=${log}`];
  try {
    await run("valgrind", [
      ...valgrind,
      "--cachegrind-out-file=/dev/null",
      process.execPath,
      "--single-threaded",
      ...command,
    ]);
    const digits = readFileSync(log, "utf8").match(/I +refs: +([\d,]+)/)?.[1];
    if (digits === undefined) throw new Error(`valgrind left no count of ${command.join(" ")}.`);
    return Number(digits.replaceAll(",", ""));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
