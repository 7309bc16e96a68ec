import { relative } from "node:path";
import type { Application } from "../app/application.ts";
import { loadSettings } from "../config/load-settings.ts";
import { DatabasePools } from "../database/database-pools.ts";
import type { MigrationStatus } from "../database/migrations/migration-status.ts";
import type { MigrationProgress, Migrations } from "../database/migrations/migrations.ts";
import { MIGRATIONS_FOLDER, projectMigrations } from "../database/migrations/project-migrations.ts";
import { textTable } from "./text-table.ts";
import { UsageError } from "./usage-error.ts";

interface MigrateResolveValues {
  readonly name: string;
  readonly done: number | undefined;
}

/** Applies what is pending and tells, while it happens, what it was. */
export async function migrate(): Promise<number> {
  return inProject(async (migrations) => ((await migrations.migrate()).length === 0 ? "Nothing is pending.\n" : ""));
}

/** Does the same for an application that is about to serve, with its own connection, and is silent when there is nothing to do. */
export async function migrateApplication({ root, settings, backends }: Application): Promise<void> {
  await migrationsOf(root, settings.TINA4_DATABASE_URL, backends.databases).migrate();
}

/** Does the same for workers that are about to serve, from a process that loads no application. */
export async function migrateOnly(url: string): Promise<void> {
  const root = process.cwd();
  const databases = new DatabasePools({ root });
  try {
    await migrationsOf(root, url, databases).migrate();
  } finally {
    await databases.close();
  }
}

/** Lists all migrations with their state, for people or for programs. */
export async function migrateStatus({ json }: { readonly json: boolean | undefined }): Promise<number> {
  return inProject(async (migrations) => {
    const all = await migrations.status();
    if (json) return `${JSON.stringify(all, null, 2)}\n`;
    return textTable(all.map(statusCells)) || `There is no migration in ${MIGRATIONS_FOLDER}.\n`;
  });
}

export async function migrateCreate({ name }: { readonly name: string }): Promise<number> {
  return inProject(async (migrations) => `${relative(process.cwd(), await migrations.create(name))}\n`);
}

export async function migrateRollback({ steps }: { readonly steps: number | undefined }): Promise<number> {
  return inProject(async (migrations) =>
    (await migrations.rollback(steps)).length === 0 ? "Nothing is applied.\n" : "",
  );
}

/** Records what somebody has found out about a migration that was cut off. */
export async function migrateResolve({ name, done }: MigrateResolveValues): Promise<number> {
  if (done === undefined) throw new UsageError("Say how many of its statements are done: --done N.");
  return inProject(async (migrations) => {
    await migrations.resolve(name, done);
    return `The next run ${done === 0 ? "begins anew" : `goes on behind statement ${done}`}.\n`;
  });
}

/** Does the work on the database of the project in the current folder and prints the text that it gives. */
async function inProject(work: (migrations: Migrations) => Promise<string>): Promise<number> {
  const root = process.cwd();
  const { settings, warnings } = loadSettings({ root });
  process.stderr.write(listed("Warning:", warnings));
  const databases = new DatabasePools({ root });
  try {
    process.stdout.write(await work(migrationsOf(root, settings.TINA4_DATABASE_URL, databases)));
    return 0;
  } finally {
    await databases.close();
  }
}

function migrationsOf(root: string, url: string, pools: DatabasePools): Migrations {
  return projectMigrations({ root, url, pools }, { onProgress: report });
}

function report(progress: MigrationProgress): void {
  if (progress.kind === "waiting") process.stderr.write("Waiting: another process migrates this database.\n");
  else process.stdout.write(`${progress.kind === "applied" ? "Applied" : "Undid"} ${progress.name}\n`);
}

function statusCells({ name, state, appliedAt, isLate }: MigrationStatus): readonly string[] {
  return [state, appliedAt ?? "", name, isLate ? "(older than one that is applied)" : ""];
}

function listed(what: string, items: readonly string[]): string {
  return items.map((item) => `${what} ${item}\n`).join("");
}
