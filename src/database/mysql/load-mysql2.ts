import { Tina4Error } from "../../errors.ts";

/** What is used of the package `mysql2`, 3.15 or later. */
export interface Mysql2 {
  createConnection(options: object): MysqlClient;
  readonly authPlugins: Readonly<Record<"caching_sha2_password" | "sha256_password", (options: object) => unknown>>;
}

export interface MysqlClient {
  /** By which the server knows this connection. */
  readonly threadId: number | null;
  readonly stream: { destroy(): unknown };
  connect(done: (error: unknown) => void): void;
  /** Sends text, which may hold no value. */
  query(query: MysqlQuery, done: MysqlCallback): unknown;
  /** Prepares the text once, and sends the values beside it. */
  execute(query: MysqlQuery & { readonly values: readonly unknown[] }, done: MysqlCallback): unknown;
  on(event: "error" | "end", listener: () => void): unknown;
  end(done: () => void): unknown;
}

export interface MysqlQuery {
  readonly sql: string;
  readonly rowsAsArray: true;
}

/** Without fields there are no rows, but a header. */
export type MysqlCallback = (error: unknown, rows?: unknown, fields?: unknown) => void;

export interface MysqlHeader {
  readonly affectedRows: number;
  readonly insertId: number | string;
  readonly serverStatus: number;
  readonly info: string;
}

export interface MysqlField {
  readonly name: string;
  readonly columnType: number;
}

/**
 * Loads the optional package that speaks with MySQL and MariaDB.
 *
 * @throws {Tina4Error} `PACKAGE_MISSING` when it is not installed.
 */
export async function loadMysql2(packageName = "mysql2"): Promise<Mysql2> {
  try {
    return (await import(packageName)).default;
  } catch (cause) {
    const message = `TINA4_DATABASE_URL with mysql: needs the package "${packageName}".`;
    throw new Tina4Error("PACKAGE_MISSING", `${message} Install it with: npm install ${packageName}`, { cause });
  }
}
