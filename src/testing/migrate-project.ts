import type { Application } from "../app/application.ts";
import { projectMigrations } from "../database/migrations/project-migrations.ts";

/** Applies what is pending of a project's migrations, on the application's own connection: a database in memory has no other. */
export async function migrateProject({ root, settings, backends }: Application): Promise<void> {
  await projectMigrations({ root, url: settings.TINA4_DATABASE_URL, pools: backends.databases }).migrate();
}
