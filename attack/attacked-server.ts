import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Project } from "./project.ts";

/** The key that the attacked application signs with, so that rows can sign what only it could. */
export const ATTACK_SECRET = "9f3c1b7e5d2a48f06e1c9b3a7d5f2e8c4b6a0d9e7f1c3b5a8e2d4f6c0b9a7e31";
export const PARTNER_KEY = "partner-key-of-the-attack-4f1c9b3a7d5f";

/** Settings by the names of their variables. */
export type AttackSettings = Readonly<Record<string, string>>;

/** What is set where a row asks for nothing else: production, one host, and no limit that a row would meet by accident. */
const USUAL: AttackSettings = {
  SECRET: ATTACK_SECRET,
  API_KEYS: PARTNER_KEY,
  PORT: "0",
  TINA4_LOG_FORMAT: "json",
  TINA4_ALLOWED_HOSTS: "localhost",
  TINA4_RATE_LIMIT: "1000000",
  TINA4_SESSION_PATH: "sessions",
};

const START_TIMEOUT_MS = 120_000;
const APPLICATION = fileURLToPath(new URL("application/main.ts", import.meta.url));
const LOADER = new URL("../dist/typescript/register.js", import.meta.url).href;
/** The machine's own settings must not decide what a row sees. */
const NAMES_OF_SETTINGS = /^(?:TINA4_|CORS_|SECRET|API_KEYS$|PORT$)/;

/** How a start has ended: with a port, or with an exit code. */
export interface Start {
  readonly port: number | null;
  readonly exitCode: number | null;
}

/** The attacked application as a process of its own, and every line that it wrote. */
export class AttackedServer {
  readonly output: string[] = [];
  readonly started: Promise<Start>;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  constructor(project: Project, settings: AttackSettings = {}, flags: readonly string[] = []) {
    const outer = Object.entries(process.env).filter(([name]) => !NAMES_OF_SETTINGS.test(name));
    const env = { ...Object.fromEntries(outer), ...USUAL, ...settings };
    const loader = process.features.typescript ? [] : ["--import", LOADER];
    const args = [...flags, ...loader, APPLICATION, project.root];
    this.#child = spawn(process.execPath, args, { cwd: project.root, env, stdio: "pipe" });
    this.#ended = once(this.#child, "close");
    this.started = this.#start();
  }

  async stop(): Promise<void> {
    this.#child.kill("SIGTERM");
    await this.#ended;
  }

  #start(): Promise<Start> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#child.kill("SIGKILL"), START_TIMEOUT_MS);
      const end = (start: Start): void => {
        clearTimeout(timer);
        resolve(start);
      };
      for (const stream of [this.#child.stdout, this.#child.stderr]) {
        if (stream === null) continue;
        createInterface(stream).on("line", (line) => {
          this.output.push(line);
          const [, port] = /^listening (\d+)$/.exec(line) ?? [];
          if (port !== undefined) end({ port: Number(port), exitCode: null });
        });
      }
      void this.#ended.then(() => end({ port: null, exitCode: this.#child.exitCode }));
    });
  }
}
