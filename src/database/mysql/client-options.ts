import { readFile } from "node:fs/promises";
import type { ServerAddress } from "../server-address.ts";
import type { Mysql2 } from "./load-mysql2.ts";
import { castType } from "./mysql-value.ts";

const KEEP_ALIVE_MS = 30_000;
const MAX_PREPARED_STATEMENTS = 100;
const THIS_MACHINE = /^(?:\/|localhost$|127\.|::1$)/;

/** How the package connects: it never sends a file, never runs several statements at once, and generates no code for rows. */
export async function clientOptions(
  address: ServerAddress,
  { authPlugins }: Mysql2,
  connectTimeout: number,
): Promise<object> {
  const { host, port, user, password, database, tls } = address;
  const place = host.startsWith("/") ? { socketPath: host } : { host, port };
  return {
    ...place,
    user,
    password,
    database,
    connectTimeout,
    ...(tls && { ssl: await tlsOptions(tls.certificateFile) }),
    authPlugins: {
      mysql_clear_password: refusePlainPassword,
      ...(tls || THIS_MACHINE.test(host) ? {} : withoutForeignKeys(authPlugins)),
    },
    flags: ["FOUND_ROWS", "-LOCAL_FILES", "-IGNORE_SPACE", "-ODBC"],
    multipleStatements: false,
    charset: "utf8mb4_bin",
    supportBigNumbers: true,
    dateStrings: true,
    jsonStrings: true,
    disableEval: true,
    typeCast: castType,
    maxPreparedStatements: MAX_PREPARED_STATEMENTS,
    enableKeepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
  };
}

async function tlsOptions(certificateFile: string | undefined): Promise<object> {
  return {
    rejectUnauthorized: true,
    verifyIdentity: true,
    minVersion: "TLSv1.2",
    ...(certificateFile === undefined ? {} : { ca: await readFile(certificateFile) }),
  };
}

/** Who could stand between us and the server could ask for it as well. */
function refusePlainPassword(): never {
  throw new Error("The server asks for the password in plain text, which is never sent.");
}

/** Without TLS nobody knows whose key comes over the network, and the password would be encrypted for its owner. */
function withoutForeignKeys(plugins: Mysql2["authPlugins"]): object {
  const onServerPublicKey = () => {
    throw new Error("The server asks for the password without TLS: add ?sslmode=verify-full to the database URL.");
  };
  return {
    caching_sha2_password: plugins.caching_sha2_password({ onServerPublicKey }),
    sha256_password: plugins.sha256_password({ onServerPublicKey }),
  };
}
