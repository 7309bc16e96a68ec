import assert from "node:assert/strict";
import { REFUSALS, type RefusalCode } from "../src/errors.ts";
import { type Answer, cookiesOf, headerOf, jsonOf, readAnswers } from "./answers.ts";
import { AttackedServer, type AttackSettings } from "./attacked-server.ts";
import { exchange } from "./exchange.ts";
import { OutOfSight } from "./out-of-sight.ts";
import type { Project } from "./project.ts";

const PROTECTIVE_HEADERS = [
  ...["X-Frame-Options", "X-Content-Type-Options", "Content-Security-Policy", "Referrer-Policy"],
  ...["X-XSS-Protection", "Permissions-Policy"],
];
const LEAKS = /node_modules|node:internal|\n {4}at |SELECT |\/srv\/|eyJ[\w-]{8}/;
const SECRETS_IN_LOG = /eyJ[\w-]{12}|tina4_session=[\w-]{20}/;
const ALIVE_WITHIN_MS = 1000;
const LOG_WITHIN_MS = 5000;

/** What a request consists of beside its method and path. */
export interface Sent {
  /** Header lines. Those that say the host, the length and `Connection: close` stand there anyway. */
  readonly lines?: readonly string[];
  readonly body?: string;
}

/** A started server, as a row sees it. */
export class Target {
  readonly port: number;
  readonly project: Project;
  /** `null` where the server was started by somebody else: then nobody sees its log. */
  readonly #server: AttackedServer | null;
  /** What the command line has set for this run. */
  readonly #overrides: AttackSettings;
  /** Header lines that every request carries, as a browser or a proxy would add them. */
  readonly usualLines: readonly string[];

  constructor(given: TargetOptions) {
    this.port = given.port;
    this.project = given.project;
    this.#server = given.server;
    this.#overrides = given.overrides ?? {};
    this.usualLines = given.usualLines ?? [];
  }

  /** Sends one request, and gives the one answer. */
  async ask(method: string, path: string, sent: Sent = {}): Promise<Answer> {
    const [answer, ...more] = await this.send(this.requestText(method, path, sent));
    assert.ok(answer !== undefined, `no answer to ${method} ${path.slice(0, 80)}`);
    assert.deepEqual(more, [], `more than one answer to ${method} ${path.slice(0, 80)}`);
    return answer;
  }

  /** Sends bytes as they stand. Every answer must carry the protective headers, and none may name the server. */
  async send(bytes: string): Promise<Answer[]> {
    const answers = readAnswers(await exchange(this.port, bytes));
    for (const answer of answers) {
      if (answer.status === 101) continue;
      for (const name of PROTECTIVE_HEADERS) assert.notEqual(headerOf(answer, name), null, `${name} is missing`);
      for (const name of ["Server", "X-Powered-By"]) assert.equal(headerOf(answer, name), null, name);
    }
    return answers;
  }

  requestText(method: string, path: string, { lines = [], body = "" }: Sent = {}): string {
    const names = (name: string): boolean => lines.some((line) => line.toLowerCase().startsWith(`${name}:`));
    const usual = this.usualLines.filter((line) => !(names("host") && line.startsWith("Host: ")));
    const framed = body === "" || names("content-length") || names("transfer-encoding");
    const length = framed ? [] : [`Content-Length: ${body.length}`];
    const all = [...usual, ...lines, ...length, "Connection: close"];
    return `${[`${method} ${path} HTTP/1.1`, ...all].join("\r\n")}\r\n\r\n${body}`;
  }

  /** Sends what must be turned away, and checks all that this means. */
  async deny(code: RefusalCode, method: string, path: string, sent: Sent = {}): Promise<Answer> {
    return this.#denied(code, `${method} ${path}`, () => this.ask(method, path, sent));
  }

  /** Asks for what fails inside. The client learns nothing but that. */
  async deny500(path: string): Promise<Answer> {
    const answer = await this.ask("GET", path);
    assert.deepEqual([answer.status, jsonOf(answer)], [500, { error: REFUSALS.INTERNAL[1] }], path);
    assert.deepEqual(cookiesOf(answer), [], path);
    return answer;
  }

  /** Sends bytes that must be turned away, with whatever follows them on the connection. */
  async denyBytes(code: RefusalCode, bytes: string): Promise<Answer> {
    return this.#denied(code, bytes, async () => {
      const [answer, ...more] = await this.send(bytes);
      assert.ok(answer !== undefined, `no answer to ${JSON.stringify(bytes.slice(0, 200))}`);
      assert.deepEqual(more, [], "something behind it was taken for a request");
      assert.match(headerOf(answer, "Connection") ?? "", /^close/i);
      return answer;
    });
  }

  async #denied(code: RefusalCode, what: string, send: () => Promise<Answer>): Promise<Answer> {
    await this.entered();
    const mark = this.logLength;
    const answer = await send();
    const [status, error] = REFUSALS[code];
    const shown = what.slice(0, 200);
    assert.equal(answer.status, status, shown);
    assert.equal(jsonOf(answer).error, error, shown);
    assert.doesNotMatch(answer.body, LEAKS, shown);
    assert.deepEqual(cookiesOf(answer), [], shown);
    for (const name of ["FreshToken", "X-Form-Token"]) assert.equal(headerOf(answer, name), null, shown);
    assert.deepEqual(await this.entered(), [], `${shown}: a handler ran`);
    await this.#checkLog(code, mark, shown);
    return answer;
  }

  /** The handlers that ran since this was asked last. */
  async entered(): Promise<unknown> {
    return jsonOf(await this.ask("GET", "/after")).entered;
  }

  /** Asks whether the process lives, answers soon, and has objects as they were. */
  async isWell(prototype: unknown): Promise<unknown> {
    const start = performance.now();
    const answer = await this.ask("GET", "/open");
    assert.ok([200, 429].includes(answer.status), `afterwards /open answers ${answer.status}`);
    assert.ok(performance.now() - start < ALIVE_WITHIN_MS, "afterwards /open is slow");
    const after = jsonOf(await this.ask("GET", "/after")).prototype;
    if (prototype !== undefined) assert.equal(after, prototype, "Object.prototype was changed");
    return after;
  }

  get logLength(): number {
    return this.#server?.output.length ?? 0;
  }

  /** The folder of the project. @throws {OutOfSight} where the server has another one. */
  get folder(): string {
    if (this.#server === null) throw new OutOfSight();
    return this.project.root;
  }

  /** Lines that were logged since a mark, once one of them matches. @throws {OutOfSight} where nobody sees the log. */
  async logged(mark: number, pattern: RegExp): Promise<readonly string[]> {
    if (this.#server === null) throw new OutOfSight();
    const end = performance.now() + LOG_WITHIN_MS;
    for (;;) {
      const lines = this.#server.output.slice(mark);
      if (lines.some((line) => pattern.test(line))) return lines;
      assert.ok(performance.now() < end, `nothing like ${pattern} is in the log: ${lines.join("\n")}`);
      await new Promise(setImmediate);
    }
  }

  async #checkLog(code: RefusalCode, mark: number, what: string): Promise<void> {
    if (this.#server === null) return;
    const lines = await this.logged(mark, /"message":"refused"/);
    const refused = lines.filter((line) => line.includes('"message":"refused"'));
    assert.deepEqual(
      refused.map((line) => (JSON.parse(line) as { code: string }).code),
      [code],
      what,
    );
    assert.doesNotMatch(lines.join(), SECRETS_IN_LOG, what);
  }

  /** The same server for a client that sends these lines with every request. */
  with(...usualLines: readonly string[]): Target {
    const { port, project } = this;
    const all = [...this.usualLines, ...usualLines];
    return new Target({ port, project, server: this.#server, overrides: this.#overrides, usualLines: all });
  }

  /** Starts the application with settings of its own and tells how that went; it is stopped again. */
  async startWith(settings: AttackSettings, flags: readonly string[] = []): Promise<StartReport> {
    const server = new AttackedServer(this.project, { ...this.#overrides, ...settings }, flags);
    const { port, exitCode } = await server.started;
    if (port !== null) await server.stop();
    return { isRunning: port !== null, exitCode, output: server.output.join("\n") };
  }

  /** Checks that the application does not start with these settings, and that it names the one at fault. */
  async refusesToStart(settings: AttackSettings, named: string = Object.keys(settings)[0] ?? ""): Promise<StartReport> {
    const report = await this.startWith(settings);
    assert.equal(report.isRunning, false, `started with ${JSON.stringify(settings)}`);
    assert.ok((report.exitCode ?? 0) > 0, `exit code ${report.exitCode}`);
    assert.ok(report.output.includes(named), report.output);
    return report;
  }
}

export interface TargetOptions {
  readonly port: number;
  readonly project: Project;
  readonly server: AttackedServer | null;
  readonly overrides?: AttackSettings;
  readonly usualLines?: readonly string[];
}

export interface StartReport {
  readonly isRunning: boolean;
  readonly exitCode: number | null;
  readonly output: string;
}
