import { join } from "node:path";
import { runProgram } from "./run-program.mjs";

/** Level 2 asks cookies too. What waits (time-based) is left out: a busy machine answers late by itself. */
const ALWAYS = [
  "--batch",
  "--flush-session",
  "--level=2",
  "--risk=2",
  "--dbms=sqlite",
  "--technique=BEUQ",
  "--threads=1",
  "--timeout=10",
  "--retries=0",
];
const EXPECTED = "--ignore-code=400,401,403,404,409,415,422";
const ANSWERS = "--answers=follow=N";
/** Its verdict; what "appears to be injectable" it tests again, and often takes back. */
const FOUND = /^Parameter: |^ {4}(?:Type|Payload): |is vulnerable/;
const UNREACHED = /CRITICAL.*(?:unable to connect|connection (?:refused|reset|timed out)|not found|syntax)/i;

/** Tries SQL in every parameter of one request. */
export async function sqlmap(
  server,
  { method = "GET", path, body, json, cookies = {}, headers = {}, flags = [] },
  seconds,
) {
  const args = [...ALWAYS, EXPECTED, ANSWERS, ...flags, "-u", server.url + path, `--method=${method}`];
  args.push("--output-dir", join(server.folder, "sqlmap"));
  const data = json === undefined ? body : JSON.stringify(json);
  if (data !== undefined) args.push("--data", data);
  const sent = json === undefined ? headers : { "Content-Type": "application/json", ...headers };
  for (const [name, value] of Object.entries(sent)) args.push("-H", `${name}: ${value}`);
  const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  if (cookie.length > 0) args.push("--cookie", cookie.join("; "));

  const { lines, wasCutOff } = await runProgram("sqlmap", args, { seconds, cwd: server.folder });
  const findings = lines.filter((line) => FOUND.test(line) || UNREACHED.test(line)).map((line) => line.trim());
  const tested = lines.filter((line) =>
    /parameter '.*' does not seem to be injectable|parameter '.*' is vulnerable/.test(line),
  ).length;
  return { findings, tested, wasCutOff };
}
