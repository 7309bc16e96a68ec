import { Database } from "../../../src/database/database.ts";
import { DatabasePools } from "../../../src/database/database-pools.ts";
import type { MariadbServer } from "./mariadb-server.ts";

export interface OpenedMysql {
  readonly url: string;
  readonly database: Database;
  readonly pools: DatabasePools;
  close(): Promise<void>;
}

/** Opens a new, empty database of this server. */
export async function openMysql(server: MariadbServer, connections = 10): Promise<OpenedMysql> {
  const url = await server.createDatabase(`?pool=${connections}`);
  const pools = new DatabasePools({ root: "/" });
  return { url, pools, database: new Database({ url, pools }), close: () => pools.close() };
}
