import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../app/free-port.ts";

/** The little of `pg` that the tests use. */
export interface PostgresClient {
  connect(): Promise<unknown>;
  query(sql: string): Promise<{ readonly rows: readonly Record<string, unknown>[] }>;
  end(): Promise<void>;
  on(event: "error", listener: () => void): void;
}
type PgPackage = { readonly Client: new (url: string) => PostgresClient };

export interface PostgresServer {
  readonly port: number;
  /** Of the database that is there from the beginning; the password in it needs percent-encoding. */
  readonly url: string;
  /** @returns The URL of a new, empty database. */
  createDatabase(): Promise<string>;
  /** Runs SQL as the owner of everything, beside all that is tested. */
  query(sql: string): Promise<readonly Record<string, unknown>[]>;
  /** @returns The certificate that it shows from now on to who asks for TLS; made by itself, for 127.0.0.1 alone. */
  encrypt(): Promise<string>;
  /** Stops at once, as a crash would. What was committed stays. */
  crash(): Promise<void>;
  startAgain(): Promise<void>;
  /** Stops and removes everything. */
  stop(): Promise<void>;
}

const DEBIAN_FOLDER = "/usr/lib/postgresql";
const USER = "tina4";
export const PASSWORD = "s3cret/p@ss:word";
const FAST = ["fsync=off", "full_page_writes=off", "autovacuum=off", "shared_buffers=16MB"];

/**
 * Starts a PostgreSQL server for the tests of one file.
 *
 * @returns The server, or why there is none; with `TINA4_TEST_REQUIRE_SERVICES=1` a missing one is an error instead.
 */
export async function startPostgres(): Promise<PostgresServer | string> {
  const pg = await loadPg();
  const programs = programsFolder();
  const missing = pg === undefined ? "pg" : programs === undefined ? "PostgreSQL" : undefined;
  if (missing !== undefined && process.env.TINA4_TEST_REQUIRE_SERVICES === "1") {
    throw new Error(`${missing} is not installed.`);
  }
  return pg === undefined || programs === undefined
    ? `${missing} is not installed`
    : await new Server(pg, programs, await freePort()).create();
}

class Server implements PostgresServer {
  readonly port: number;
  readonly url: string;
  readonly #pg: PgPackage;
  readonly #programs: string;
  readonly #folder: string;
  readonly #owner: { readonly uid?: number; readonly gid?: number } = ownerOfServers();
  #process: ChildProcess | undefined;
  #databases = 0;

  constructor(pg: PgPackage, programs: string, port: number) {
    this.#pg = pg;
    this.#programs = programs;
    this.port = port;
    this.url = `postgres://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/postgres`;
    this.#folder = mkdtempSync(join(tmpdir(), "tina4-postgres-"));
    process.once("exit", () => this.#process?.kill("SIGQUIT"));
  }

  async create(): Promise<this> {
    const passwordFile = join(this.#folder, "password");
    writeFileSync(passwordFile, PASSWORD);
    const { uid, gid } = this.#owner;
    if (uid !== undefined && gid !== undefined) {
      for (const path of [this.#folder, passwordFile]) chownSync(path, uid, gid);
    }
    const args = ["-U", USER, "--auth=scram-sha-256", `--pwfile=${passwordFile}`, "-E", "UTF8", "--no-locale", "-N"];
    const options = { ...this.#owner, cwd: "/", encoding: "utf8" } as const;
    const made = spawnSync(join(this.#programs, "initdb"), ["-D", this.#dataFolder, ...args], options);
    if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
    await this.startAgain();
    return this;
  }

  async startAgain(): Promise<void> {
    const settings = [...FAST, "listen_addresses=127.0.0.1", "unix_socket_directories=", `port=${this.port}`];
    const args = ["-D", this.#dataFolder, ...settings.flatMap((setting) => ["-c", setting])];
    this.#process = spawn(join(this.#programs, "postgres"), args, { ...this.#owner, cwd: "/", stdio: "ignore" });
    for (let tries = 0; !(await this.#isReady()); tries++) {
      if (tries === 200 || this.#process.exitCode !== null) throw new Error("PostgreSQL does not start.");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async createDatabase(): Promise<string> {
    const name = `test_${++this.#databases}`;
    await this.query(`CREATE DATABASE ${name} TEMPLATE template0`);
    return this.url.replace(/postgres$/, name);
  }

  async query(sql: string): Promise<readonly Record<string, unknown>[]> {
    const client = new this.#pg.Client(this.url);
    client.on("error", () => {});
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async encrypt(): Promise<string> {
    const [key, certificate] = [join(this.#folder, "server.key"), join(this.#folder, "server.crt")];
    const kind = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    const subject = ["-subj", "/CN=tina4", "-addext", "subjectAltName=IP:127.0.0.1"];
    const args = [...kind, ...subject, "-keyout", key, "-out", certificate];
    const made = spawnSync("openssl", args, { ...this.#owner, cwd: this.#folder, encoding: "utf8" });
    if (made.status !== 0) throw new Error(`openssl: ${made.stderr}`);
    for (const setting of [`ssl_key_file = '${key}'`, `ssl_cert_file = '${certificate}'`, "ssl = on"]) {
      await this.query(`ALTER SYSTEM SET ${setting}`);
    }
    await this.query("SELECT pg_reload_conf()");
    return certificate;
  }

  async crash(): Promise<void> {
    const server = this.#process;
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    server.kill("SIGQUIT");
    await once(server, "exit");
  }

  async stop(): Promise<void> {
    await this.crash();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #dataFolder(): string {
    return join(this.#folder, "data");
  }

  async #isReady(): Promise<boolean> {
    return this.query("SELECT 1").then(
      () => true,
      () => false,
    );
  }
}

async function loadPg(): Promise<PgPackage | undefined> {
  const packageName = "pg";
  try {
    return (await import(packageName)).default;
  } catch {
    return undefined;
  }
}

/** Debian keeps each version in a folder of its own, and none of them on the path. */
function programsFolder(): string | undefined {
  const versions = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER) : [];
  return versions
    .sort((one, other) => Number(other) - Number(one))
    .map((version) => join(DEBIAN_FOLDER, version, "bin"))
    .find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package has made. */
function ownerOfServers(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (kind: string) => Number(spawnSync("id", [kind, "postgres"], { encoding: "utf8" }).stdout);
  return { uid: idOf("-u"), gid: idOf("-g") };
}
