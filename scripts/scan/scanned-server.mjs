// An example as it is served in production, in a copy of its folder that goes away with it: a fresh database, a key of its own.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const OBSERVER = new URL("observe.mjs", import.meta.url).href;
const START_TIMEOUT_MS = 60_000;
/** A server that is busy with a scan, on a machine that is busy with more. */
const LOOK_TIMEOUT_MS = 60_000;
/** The limits that a scanner would meet before it meets the application; `SHORT_OF` says so in the output. */
const LIMITED_ROUTE = /"(RateLimiter|LoginThrottle):\d+"/g;
/** A crawler posts every form, and would be logged out before its attacks begin. */
const FORM_THAT_ENDS_A_LOGIN = /<form method="post" action="\/api\/(?:logout|profile\/password)[\s\S]*?<\/form>/g;
const SETTINGS = { TINA4_RATE_LIMIT: "0", TINA4_CSRF_SINGLE_USE: "false" };
export const SHORT_OF =
  "Switched off for the scan, which would see nothing but 429 and 403: TINA4_RATE_LIMIT=0, TINA4_CSRF_SINGLE_USE=false, and the\n" +
  "numbers of RateLimiter and LoginThrottle in the routes of the copy. Its pages have no forms that end a login. All else is as in\n" +
  "production.";
/** What the machine sets must not decide what a scanner sees. */
const NAMES_OF_SETTINGS = /^(?:TINA4_|CORS_|SECRET|API_KEYS$|PORT$)/;

export class ScannedServer {
  folder = mkdtempSync(join(tmpdir(), "tina4-scan-"));
  port = 0;
  url = "";
  #child;
  #ended;
  #output = [];

  /** @param addition a file that is added to the routes, for the control. */
  constructor(example, { settings = {}, addition } = {}) {
    cpSync(join(ROOT, "examples", example), this.folder, { recursive: true, filter: isSource });
    mkdirSync(join(this.folder, "node_modules"));
    symlinkSync(ROOT, join(this.folder, "node_modules/tina4-ts"));
    const routes = join(this.folder, "src/routes");
    replaceIn(routes, LIMITED_ROUTE, '"$1:99999999"');
    replaceIn(join(this.folder, "src/templates"), FORM_THAT_ENDS_A_LOGIN, "");
    if (addition !== undefined) cpSync(addition, join(routes, "addition.ts"));

    const outer = Object.entries(process.env).filter(([name]) => !NAMES_OF_SETTINGS.test(name));
    const SECRET = randomBytes(32).toString("hex");
    this.env = { ...Object.fromEntries(outer), ...SETTINGS, SECRET, ...settings };
  }

  async start() {
    const flags = ["serve", ".", "--production", "--migrate", "--host", "127.0.0.1", "--port", "0"];
    const args = ["--import", OBSERVER, join(ROOT, "dist/cli/main.js"), ...flags];
    const options = { cwd: this.folder, env: this.env, stdio: ["ignore", "pipe", "pipe", "ipc"] };
    this.#child = spawn(process.execPath, args, options);
    this.#ended = once(this.#child, "close");
    const port = await Promise.race([this.#listening(), this.#ended.then(() => undefined)]);
    if (port === undefined) throw new Error(`The example does not start:\n${this.#output.join("\n")}`);
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** How many answers it has given by status, and the bytes that it holds. */
  async look() {
    if (!this.isAlive) return { answers: {}, memory: 0 };
    this.#child.send("look");
    const [seen] = await once(this.#child, "message", { signal: AbortSignal.timeout(LOOK_TIMEOUT_MS) });
    return seen;
  }

  get isAlive() {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }

  /** What it wrote to its log at the level `error` and above. */
  get errors() {
    return this.#output.filter((line) => /"level":"?(?:error|fatal|50|60)/.test(line));
  }

  async stop() {
    this.#child?.kill("SIGTERM");
    await this.#ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  #listening() {
    return new Promise((resolve) => {
      setTimeout(resolve, START_TIMEOUT_MS).unref();
      for (const stream of [this.#child.stdout, this.#child.stderr]) {
        createInterface(stream).on("line", (line) => {
          this.#output.push(line);
          const [, port] = /listens on http:\/\/[^:]+:(\d+)/.exec(line) ?? [];
          if (port !== undefined) resolve(Number(port));
        });
      }
    });
  }
}

function isSource(path) {
  return !/\/examples\/[^/]+\/(?:data|secrets|node_modules|\.env)/.test(path);
}

function replaceIn(folder, pattern, text) {
  const files = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
    : [];
  for (const path of files.map(({ name }) => join(folder, name))) {
    writeFileSync(path, readFileSync(path, "utf8").replace(pattern, text));
  }
}
