import { readFile } from "node:fs/promises";
import type { ServerAddress } from "../server-address.ts";
import { columnReader } from "./postgres-value.ts";

const KEEP_ALIVE_MS = 30_000;

/** What a client of `pg` is made with. Everything is named, so that it looks for nothing in the environment or the home folder. */
export async function clientOptions(address: ServerAddress, connectTimeoutMs: number): Promise<object> {
  const { host, port, user, database, password, tls } = address;
  return {
    host,
    port,
    user,
    database,
    password: () => password,
    ssl: tls && {
      rejectUnauthorized: true,
      ...(tls.certificateFile === undefined ? {} : { ca: await readFile(tls.certificateFile) }),
    },
    sslnegotiation: "postgres",
    application_name: "tina4",
    types: { getTypeParser: columnReader },
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
  };
}
