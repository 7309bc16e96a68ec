import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const COUNTER = ["--tool=cachegrind", "--cache-sim=no", "--smc-check=all-non-file", "--cachegrind-out-file=/dev/null"];
const CALLS = 5000;

/** Whether the instructions of a program can be counted here. */
export const canCountCalls = spawnSync("valgrind", ["--version"]).error === undefined;

/**
 * User-mode instructions of one call, of which a program makes as many as its last argument says.
 *
 * It is the difference of two runs, so that start-up and the compiler cancel out.
 *
 * @param program The name of a file in this folder.
 * @param words What the program is given before that argument.
 */
export async function instructionsPerCall(program, ...words) {
  const once = await totalInstructions([program, ...words, CALLS]);
  const twice = await totalInstructions([program, ...words, 2 * CALLS]);
  return (twice - once) / CALLS;
}

async function totalInstructions([program, ...words]) {
  const folder = mkdtempSync(join(tmpdir(), "tina4-bench-"));
  const log = join(folder, "count");
  const file = fileURLToPath(new URL(program, import.meta.url));
  try {
    await run("valgrind", [...COUNTER, `--log-file=${log}`, process.execPath, "--single-threaded", file, ...words]);
    const digits = readFileSync(log, "utf8").match(/I +refs: +([\d,]+)/)?.[1];
    if (digits === undefined) throw new Error(`valgrind left no count of ${program}.`);
    return Number(digits.replaceAll(",", ""));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
