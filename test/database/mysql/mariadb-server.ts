import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createConnection } from "mysql2/promise";
import { freePort } from "../../app/free-port.ts";

const PATH = `${process.env.PATH}:/usr/sbin`;
const USER = "tina4";
const PASSWORD = "a pass/word?";
const START_ATTEMPTS = 200;
const PAUSE_MILLISECONDS = 50;

/** As unlike the driver's own session as a server can be configured. */
const CONTRARY = ["--sql-mode=", "--default-time-zone=+05:30", "--autocommit=0", "--character-set-server=latin1"];
const SMALL_AND_QUICK = [
  ..."innodb-buffer-pool-size=16M innodb-log-file-size=4M innodb-flush-method=nosync".split(" "),
  ..."innodb-flush-log-at-trx-commit=2 performance-schema=off max-connections=60 skip-name-resolve".split(" "),
].map((option) => `--${option}`);

export interface MariadbServer {
  readonly port: number;
  /**
   * Creates an empty database.
   *
   * @param query What follows in its URL, such as `?pool=2`.
   * @returns Its URL, `mysql://…`.
   */
  createDatabase(query?: string): Promise<string>;
  /** Runs statements as the administrator, one after the other. */
  administer(...statements: readonly string[]): Promise<readonly Record<string, unknown>[]>;
  /** Stops it as a crash would. */
  crash(): Promise<void>;
  /** After a crash, on the same port. */
  startAgain(): Promise<void>;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
}

/**
 * Starts a MariaDB server for the tests of one file.
 *
 * @param options For the command line, beside those that every test needs.
 * @returns The server, or why there is none; with `TINA4_TEST_REQUIRE_SERVICES=1` a missing one is an error instead.
 */
export async function startMariadb(...options: readonly string[]): Promise<MariadbServer | string> {
  const missing = ["mariadbd", "mariadb-install-db"].find((command) => !isInstalled(command));
  if (missing === undefined) {
    return launch(options);
  }
  if (process.env.TINA4_TEST_REQUIRE_SERVICES === "1") {
    throw new Error(`${missing} is not installed.`);
  }
  return `${missing} is not installed`;
}

async function launch(options: readonly string[]): Promise<MariadbServer> {
  const folder = mkdtempSync(join(tmpdir(), "tina4-mariadb-"));
  const common = [
    "--no-defaults",
    `--datadir=${join(folder, "data")}`,
    `--tmpdir=${folder}`,
    `--user=${userInfo().username}`,
  ];
  const install = ["--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"];
  await promisify(execFile)("mariadb-install-db", [...common, ...install], { env: { ...process.env, PATH } });
  const initFile = join(folder, "init.sql");
  const account = `'${USER}'@'127.0.0.1'`;
  writeFileSync(
    initFile,
    `CREATE USER IF NOT EXISTS ${account} IDENTIFIED BY '${PASSWORD}';\nGRANT ALL ON *.* TO ${account};\n`,
  );
  const port = await freePort();
  const address = [`--port=${port}`, "--bind-address=127.0.0.1", `--socket=${join(folder, "socket")}`];
  const args = [...common, ...address, `--init-file=${initFile}`, ...SMALL_AND_QUICK, ...CONTRARY, ...options];
  let server = await run(args, port);
  let count = 0;
  return {
    port,
    administer: (...statements) => administer(port, statements),
    createDatabase: async (query = "") => {
      const name = `test_${++count}`;
      await administer(port, [`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`]);
      return `mysql://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${name}${query}`;
    },
    crash: () => kill(server),
    startAgain: async () => {
      server = await run(args, port);
    },
    stop: async () => {
      await kill(server);
      rmSync(folder, { recursive: true });
    },
  };
}

async function run(args: readonly string[], port: number): Promise<ChildProcess> {
  const server = spawn("mariadbd", args, { stdio: "ignore", env: { ...process.env, PATH } });
  process.once("exit", () => server.kill("SIGKILL"));
  for (let attempt = 1; ; attempt++) {
    try {
      await administer(port, []);
      return server;
    } catch (error) {
      if (attempt === START_ATTEMPTS || server.exitCode !== null) {
        server.kill("SIGKILL");
        throw error;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
  }
}

async function kill(server: ChildProcess): Promise<void> {
  if (server.signalCode !== null || server.exitCode !== null) return;
  server.kill("SIGKILL");
  await once(server, "exit");
}

async function administer(port: number, statements: readonly string[]): Promise<readonly Record<string, unknown>[]> {
  const connection = await createConnection({ host: "127.0.0.1", port, user: USER, password: PASSWORD });
  try {
    let rows: unknown = [];
    for (const statement of ["SET autocommit = 1", ...statements]) {
      [rows] = await connection.query(statement);
    }
    return rows as readonly Record<string, unknown>[];
  } finally {
    await connection.end();
  }
}

function isInstalled(command: string): boolean {
  return spawnSync("which", [command], { env: { PATH } }).status === 0;
}
