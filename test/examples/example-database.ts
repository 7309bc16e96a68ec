import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { Database } from "../../src/database/database.ts";
import { DatabasePools } from "../../src/database/database-pools.ts";

/**
 * Makes an empty database for one example.
 *
 * @returns Its URL: a file below the folder, or a new database of the server that `TINA4_TEST_DATABASE_URL` names.
 */
export async function exampleDatabase(folder: string): Promise<string> {
  const server = process.env.TINA4_TEST_DATABASE_URL;
  if (server === undefined) return `sqlite:${join(folder, "test.db")}`;
  const ofMysql = server.startsWith("mysql:") ? " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin" : "";
  const name = `example_${randomBytes(8).toString("hex")}`;
  const pools = new DatabasePools({ root: folder });
  await new Database({ url: server, pools }).execute(`CREATE DATABASE ${name}${ofMysql}`);
  await pools.close();
  return server.replace(/[^/]*$/, name);
}
