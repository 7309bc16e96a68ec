import { join } from "node:path";
import { Database } from "../database.ts";
import type { DatabasePools } from "../database-pools.ts";
import { Migrations, type MigrationsOptions } from "./migrations.ts";

/** Where a project keeps its migrations, below its root. */
export const MIGRATIONS_FOLDER = "src/migrations";

export interface Project {
  readonly root: string;
  /** `TINA4_DATABASE_URL`. */
  readonly url: string;
  readonly pools: DatabasePools;
}

/** The migrations of a project, on its database. */
export function projectMigrations(
  { root, url, pools }: Project,
  options: Pick<MigrationsOptions, "onProgress"> = {},
): Migrations {
  const database = new Database({ url, pools });
  return new Migrations({ ...options, database, folder: join(root, MIGRATIONS_FOLDER) });
}
