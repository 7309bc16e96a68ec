import { Database } from "../../../src/database/database.ts";
import { DatabasePools } from "../../../src/database/database-pools.ts";
import type { PostgresServer } from "./postgres-server.ts";

export interface OpenedPostgres {
  readonly url: string;
  readonly database: Database;
  readonly pools: DatabasePools;
  close(): Promise<void>;
}

/** Opens a new, empty database of this server. */
export async function openPostgres(server: PostgresServer, connections = 10): Promise<OpenedPostgres> {
  const url = `${await server.createDatabase()}?pool=${connections}`;
  const pools = new DatabasePools({ root: "/" });
  return { url, pools, database: new Database({ url, pools }), close: () => pools.close() };
}
