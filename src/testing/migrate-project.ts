import { join } from "node:path";
import type { Application } from "../app/application.ts";
import { Database } from "../database/database.ts";
import { Migrations } from "../database/migrations/migrations.ts";

/** Applies what is pending of a project's migrations, on the application's own connection: a database in memory has no other. */
export async function migrateProject({ root, settings, backends }: Application): Promise<void> {
  const database = new Database({ url: settings.TINA4_DATABASE_URL, pools: backends.databases });
  await new Migrations({ database, folder: join(root, "src/migrations") }).migrate();
}
