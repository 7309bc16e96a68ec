import { join, relative } from "node:path";
import type { Application } from "../app/application.ts";
import { loadSettings } from "../config/load-settings.ts";
import { Database } from "../database/database.ts";
import { DatabasePools } from "../database/database-pools.ts";
import { Migrations } from "../database/migrations/migrations.ts";
import { textTable } from "./text-table.ts";

const FOLDER = "src/migrations";

/** Applies what is pending and tells what it was. */
export async function migrate(): Promise<number> {
  return inProject(async (migrations) => listed("Applied", await migrations.migrate()) || "Nothing is pending.\n");
}

/** Does the same for an application that is about to serve, with its own connection, and is silent when there is nothing to do. */
export async function migrateApplication({ root, settings, backends }: Application): Promise<void> {
  const migrations = migrationsOf(root, settings.TINA4_DATABASE_URL, backends.databases);
  process.stdout.write(listed("Applied", await migrations.migrate()));
}

/** Does the same for workers that are about to serve, from a process that loads no application. */
export async function migrateOnly(url: string): Promise<void> {
  const root = process.cwd();
  const databases = new DatabasePools({ root });
  try {
    process.stdout.write(listed("Applied", await migrationsOf(root, url, databases).migrate()));
  } finally {
    await databases.close();
  }
}

export async function migrateStatus(): Promise<number> {
  return inProject(async (migrations) => {
    const rows = (await migrations.status()).map(({ name, state, appliedAt }) => [state, appliedAt ?? "", name]);
    return textTable(rows) || `There is no migration in ${FOLDER}.\n`;
  });
}

export async function migrateCreate({ name }: { readonly name: string }): Promise<number> {
  return inProject(async (migrations) => `${relative(process.cwd(), await migrations.create(name))}\n`);
}

export async function migrateRollback({ steps }: { readonly steps: number | undefined }): Promise<number> {
  return inProject(async (migrations) => listed("Undid", await migrations.rollback(steps)) || "Nothing is applied.\n");
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
  return new Migrations({ database: new Database({ url, pools }), folder: join(root, FOLDER) });
}

function listed(what: string, items: readonly string[]): string {
  return items.map((item) => `${what} ${item}\n`).join("");
}
