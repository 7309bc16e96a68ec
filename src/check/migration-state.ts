import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabasePools } from "../database/database-pools.ts";
import { MigrationFolder } from "../database/migrations/migration-folder.ts";
import type { MigrationStatus } from "../database/migrations/migration-status.ts";
import { MIGRATIONS_FOLDER, projectMigrations } from "../database/migrations/project-migrations.ts";
import { sqliteFile } from "../database/sqlite/sqlite-file.ts";

export interface MigrationState {
  readonly states: readonly Pick<MigrationStatus, "name" | "state">[];
  /** Why the database could not be asked. */
  readonly failure?: string;
}

/** Compares the migrations of a project with its database. Where a SQLite database would be and is not yet, none is made. */
export async function migrationState(root: string, url: string): Promise<MigrationState> {
  const folder = join(root, MIGRATIONS_FOLDER);
  if (!existsSync(folder)) return { states: [] };
  const databases = new DatabasePools({ root });
  try {
    if (!url.startsWith("sqlite:") || existsSync(sqliteFile(url, root))) {
      return { states: await projectMigrations({ root, url, pools: databases }).status() };
    }
    const files = await new MigrationFolder(folder, databases.pool(url).driver.dialect).read();
    return { states: files.map(({ name }) => ({ name, state: "pending" })) };
  } catch (error) {
    return { states: [], failure: (error as Error).message };
  } finally {
    await databases.close();
  }
}
