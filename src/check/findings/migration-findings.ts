import { MIGRATIONS_FOLDER } from "../../database/migrations/project-migrations.ts";
import type { Finding } from "../finding.ts";

/** Whether the database is what the sources expect. */
export const MIGRATION_FINDINGS: readonly Finding[] = [
  {
    id: "T4-078",
    severity: "warning",
    stage: "deploy",
    title: "Migrations are not applied",
    why: "The code expects tables that the database does not have, or has in another form.",
    remedy: "Run tina4 migrate before the new version serves.",
    look: async (project) =>
      (await project.migrations()).states
        .filter(({ state }) => state !== "applied")
        .map(({ name, state }) => ({ seen: state, where: { file: `${MIGRATIONS_FOLDER}/${name}` } })),
  },
  {
    id: "T4-079",
    severity: "warning",
    stage: "deploy",
    title: "The database cannot be asked for its migrations",
    why: "Whether it fits the code is unknown, and the project may not reach it either.",
    remedy: "Run this where the database can be reached.",
    look: async ({ configuration, migrations }) => {
      const { failure } = await migrations();
      if (failure === undefined || configuration === undefined) return [];
      const source = configuration.sources.TINA4_DATABASE_URL;
      return [{ seen: failure, where: { setting: "TINA4_DATABASE_URL", source } }];
    },
  },
];
