import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";

/** Which Debian package brings each program. */
export const PACKAGES = { wapiti: "wapiti", sqlmap: "sqlmap", slowhttptest: "slowhttptest" };

export function isInstalled(program) {
  return spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
}

/** The output of a program, as lines. It is ended when its time is over. */
export async function runProgram(program, args, { seconds, cwd }) {
  const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) createInterface(stream).on("line", (line) => lines.push(line));
  const timer = setTimeout(() => child.kill("SIGTERM"), seconds * 1000);
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (...ending) => resolve(ending));
  });
  clearTimeout(timer);
  return { lines, code, wasCutOff: signal !== null };
}
