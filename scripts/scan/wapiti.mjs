import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "./run-program.mjs";

/** All but those that need a server on the internet (ssrf, xxe), a list that is downloaded (nikto, wapp), or guess names for hours (buster). */
const MODULES = "all,-ssrf,-xxe,-nikto,-wapp,-buster";

/** What it says of every application here, and why that is no finding: docs/security-testing.md. */
const EXPLAINED = [
  /^Cross Site Request Forgery: .*: Lack of anti CSRF token$/,
  /^HTTP Secure Headers: .*: (?:X-XSS-Protection|Strict-Transport-Security) is not set$/,
  /^Secure Flag cookie: .* tina4_session$/,
];

/** Whether a finding is one that the document explains. */
export function isExplained(finding) {
  return EXPLAINED.some((pattern) => pattern.test(finding));
}

/** Crawls from the pages of a visit and attacks every form and parameter that it meets. */
export async function wapiti(server, { pages, modules = MODULES, cookies = {}, headers = {} }, seconds) {
  const folder = mkdtempSync(join(server.folder, "wapiti-"));
  const report = join(folder, "report.json");
  const jar = join(folder, "cookies.json");
  const args = ["-u", `${server.url}/`, "-m", modules, "--no-bugreport", "-v", "1"];
  args.push("-f", "json", "-o", report, "--store-session", folder);
  args.push("--max-scan-time", `${seconds / 2}`, "--max-attack-time", `${seconds / 12}`, "-t", "10");
  for (const page of pages) args.push("-s", server.url + page);
  for (const [name, value] of Object.entries(headers)) args.push("-H", `${name}: ${value}`);
  if (Object.keys(cookies).length > 0) {
    writeFileSync(jar, JSON.stringify({ "127.0.0.1": { "/": mapValues(cookies, asStored) } }));
    args.push("-c", jar);
  }

  const { lines, wasCutOff } = await runProgram("wapiti", args, { seconds: seconds * 3, cwd: server.folder });
  if (wasCutOff) return [`ended after ${seconds * 3} s, without a report`];
  const { vulnerabilities, anomalies } = readReport(report, lines);
  return [...Object.entries(vulnerabilities), ...Object.entries(anomalies)].flatMap(([kind, found]) => [
    ...new Set(found.map(({ method, path, info }) => `${kind}: ${method} ${path}: ${info.replaceAll("\n", " ")}`)),
  ]);
}

function readReport(report, lines) {
  try {
    return JSON.parse(readFileSync(report, "utf8"));
  } catch (cause) {
    throw new Error(`wapiti has written no report:\n${lines.slice(-10).join("\n")}`, { cause });
  }
}

function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}

function asStored(value) {
  return { value, expires: null, secure: false, port: null, version: 0 };
}
