// Has the scanners of Debian at the examples and prints one table: `npm run scan [-- EXAMPLE …] [options]`.
//   --tools wapiti,sqlmap   only these of wapiti, sqlmap, slowhttptest
//   --seconds 300           how long one scan may take; default 120
// First comes the control: a route with mistakes, which the scanners have to find. Ends with 1 when they do not, when one finds
// something elsewhere, or when a program is missing. Findings are for a person to judge: docs/security-testing.md does.
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isInstalled, PACKAGES } from "./scan/run-program.mjs";
import { ScannedServer, SHORT_OF } from "./scan/scanned-server.mjs";
import { slowhttptest, slowModes } from "./scan/slowhttptest.mjs";
import { sqlmap } from "./scan/sqlmap.mjs";
import { EXAMPLES } from "./scan/targets.mjs";
import { isExplained, wapiti } from "./scan/wapiti.mjs";

const BROKEN_ROUTE = fileURLToPath(new URL("scan/broken-route.ts", import.meta.url));
const BROKEN = { as: "the control", path: "/broken?name=Alice", pages: ["/broken?name=Alice"], modules: "xss,sql" };
const SLOW_SECONDS = 40;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tools: { type: "string", default: Object.keys(PACKAGES).join(",") },
    seconds: { type: "string", default: "120" },
  },
});
const tools = chosen(values.tools.split(","), Object.keys(PACKAGES));
const examples = chosen(positionals.length > 0 ? positionals : Object.keys(EXAMPLES), Object.keys(EXAMPLES));
const seconds = Number(values.seconds);
if (!(seconds >= 10 && seconds <= 3600)) throw new Error("--seconds takes 10 to 3600.");
const missing = tools.filter((tool) => !isInstalled(tool)).map((tool) => PACKAGES[tool]);
if (missing.length > 0) throw new Error(`Missing: apt-get install ${missing.join(" ")}`);

console.log(`${SHORT_OF}\n`);
let faults = 0;
await control();
for (const example of examples) await scanExample(example);
console.log(faults === 0 ? "\nNothing new was found." : `\n${faults} to be judged: see docs/security-testing.md.`);
process.exitCode = faults === 0 ? 0 : 1;

/** A scanner that does not find the broken route proves nothing by finding nothing elsewhere. */
async function control() {
  await withServer("accounts", { addition: BROKEN_ROUTE }, async (server) => {
    await EXAMPLES.accounts.targets(server); // makes the account of Alice, whom the broken route finds
    const found = {
      wapiti: async () => (await wapiti(server, BROKEN, seconds)).filter((line) => line.includes("/broken")),
      sqlmap: async () => (await sqlmap(server, { ...BROKEN, flags: [] }, seconds)).findings,
    };
    for (const tool of tools.filter((name) => name in found)) {
      const findings = await counted(server, tool, "control: GET /broken, which has mistakes", found[tool]);
      const isSeen = findings.some((line) =>
        (tool === "wapiti" ? /Cross Site Scripting/ : /^Parameter: name/).test(line),
      );
      print(isSeen ? "  as it must be" : "  NOT FOUND: this scanner proves nothing here");
      if (!isSeen) faults += 1;
    }
  });
}

async function scanExample(example) {
  const { settings, targets } = EXAMPLES[example];
  await withServer(example, { settings }, async (server) => {
    const { visits, requests, slow } = await targets(server);
    for (const visit of tools.includes("wapiti") ? visits : []) {
      const findings = await counted(server, "wapiti", `${example}, ${visit.as}`, () => wapiti(server, visit, seconds));
      faults += findings.filter((finding) => !isExplained(finding)).length;
    }
    for (const request of tools.includes("sqlmap") ? requests : []) await inject(server, example, request);
    for (const slowness of tools.includes("slowhttptest") ? slowModes(slow) : [])
      await slowDown(server, example, slowness);
    for (const line of server.errors.slice(0, 5)) print(`  logged: ${line.slice(0, 400)}`);
    faults += server.errors.length;
  });
}

async function inject(server, example, request) {
  const { method = "GET", path, flags = [] } = request;
  const subject = [`${example}, ${method} ${path}`, request.json && "JSON", request.body && "form", ...flags];
  const findings = await counted(server, "sqlmap", subject.filter(Boolean).join(" "), async () => {
    const result = await sqlmap(server, request, seconds);
    print(`  parameters done: ${result.tested}${result.wasCutOff ? `, ended after ${seconds} s` : ""}`);
    const provesNothing = result.tested === 0 && !result.wasCutOff;
    return provesNothing ? [...result.findings, "no parameter was done: this proves nothing"] : result.findings;
  });
  faults += findings.length;
}

async function slowDown(server, example, slowness) {
  const subject = `${example}, ${slowness.mode}, ${slowness.path}`;
  const findings = await counted(server, "slowhttptest", subject, async () => {
    const { lasted, most, areClosed, health, isAlive, grownBytes } = await slowhttptest(server, slowness, SLOW_SECONDS);
    const { asked, late, slowestMs } = health;
    print(`  ${most} connections at once, ${areClosed ? "all closed" : "some still open"} after ${lasted} s`);
    print(
      `  /health asked ${asked} times, slowest ${slowestMs} ms; memory ${Math.round(grownBytes / 2 ** 20)} MiB more`,
    );
    if (!isAlive) return ["the server has ended"];
    return late > 0 ? [`/health was not answered within a second, ${late} times`] : [];
  });
  faults += findings.length;
}

/** Runs one scan and prints a row: what, where, the answers that it got, by status, and what it found. */
async function counted(server, tool, subject, scan) {
  const before = (await server.look()).answers;
  const began = performance.now();
  const findings = await scan();
  const { answers } = await server.look();
  const statuses = Object.entries(answers).map(([status, count]) => [status, count - (before[status] ?? 0)]);
  const sent = statuses.filter(([, count]) => count > 0).map(([status, count]) => `${status}×${count}`);
  const duration = Math.round((performance.now() - began) / 1000);
  print(`${tool} | ${subject} | ${duration} s | ${sent.join(" ") || "nothing arrived"} | ${findings.length} found`);
  if (sent.length === 0) findings.push("no request arrived: this proves nothing");
  for (const finding of findings) print(`  ${finding}${isExplained(finding) ? " (explained)" : ""}`);
  return findings;
}

async function withServer(example, options, use) {
  const server = new ScannedServer(example, options);
  try {
    await server.start();
    await use(server);
  } finally {
    await server.stop();
  }
}

function chosen(names, known) {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`There is no ${unknown}, only ${known.join(", ")}.`);
  return names;
}

function print(line) {
  console.log(line);
}
