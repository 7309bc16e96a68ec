import { AttackedServer, type AttackSettings } from "./attacked-server.ts";
import { OutOfSight } from "./out-of-sight.ts";
import type { Project } from "./project.ts";
import type { AttackRow } from "./row.ts";
import { Target } from "./target.ts";

const ROW_TIMEOUT_MS = 60_000;

/** What came of one row: `null` where it is not sent from outside. */
export interface RowResult {
  readonly row: AttackRow;
  readonly passed: boolean | null;
  readonly failure?: string;
}

export interface RunOptions {
  readonly project: Project;
  /** Settings in place of those that rows ask for: a protection that is switched off. */
  readonly overrides?: AttackSettings;
  /** The port of a server that runs already. Rows that need another one are then left out. */
  readonly port?: number | undefined;
}

/** Sends rows to started servers: those with the same settings to the same one, one after the other. */
export class AttackRun {
  readonly #options: RunOptions;
  readonly #servers: AttackedServer[] = [];
  readonly #targets = new Map<string, Promise<OpenTarget>>();

  constructor(options: RunOptions) {
    this.#options = options;
  }

  /** Starts the server that most rows are sent to. @throws {Error} when there is none, with what the application said. */
  async start(): Promise<void> {
    await this.#open({});
  }

  async send(row: AttackRow): Promise<RowResult> {
    const { attack, settings } = row;
    const isElsewhere = this.#options.port !== undefined && settings !== undefined;
    if (attack === undefined || isElsewhere) return { row, passed: null };
    try {
      const { target, prototype } = await this.#open(settings ?? {});
      await inTime(attack(target));
      await target.isWell(prototype);
      return { row, passed: true };
    } catch (error) {
      if (error instanceof OutOfSight) return { row, passed: null };
      return { row, passed: false, failure: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Stops every server that was started. */
  async stop(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.stop()));
  }

  #open(settings: AttackSettings): Promise<OpenTarget> {
    const key = JSON.stringify(settings);
    const known = this.#targets.get(key) ?? this.#start(settings);
    this.#targets.set(key, known);
    return known;
  }

  async #start(settings: AttackSettings): Promise<OpenTarget> {
    const { project, overrides = {}, port: given } = this.#options;
    const server = given === undefined ? new AttackedServer(project, { ...settings, ...overrides }) : null;
    if (server !== null) this.#servers.push(server);
    const port = given ?? (await server?.started)?.port ?? null;
    if (port === null) throw new Error(`The application did not start:\n${server?.output.join("\n")}`);
    const { TINA4_PUBLIC_ORIGIN: origin = "http://localhost" } = settings;
    const target = new Target({ port, project, server, overrides, usualLines: [`Host: ${new URL(origin).host}`] });
    await target.entered(); // the first request of a process takes longer than any other
    return { target, prototype: await target.isWell(undefined) };
  }
}

/** A row that hangs has failed. */
async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`The row took over ${ROW_TIMEOUT_MS} ms.`)), ROW_TIMEOUT_MS);
  });
  await Promise.race([work, timeout]).finally(() => clearTimeout(timer));
}

interface OpenTarget {
  readonly target: Target;
  /** How many members all objects had before the first row. */
  readonly prototype: unknown;
}
