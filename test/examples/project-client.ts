import crypto from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mock } from "node:test";
import { fileURLToPath } from "node:url";
import type { SettingOverrides } from "tina4-ts";
import type { FakeClock as Clock, TestClient, TestClientOptions } from "tina4-ts/testing";
import { Database } from "../../src/database/database.ts";
import { DatabasePools } from "../../src/database/database-pools.ts";
import { Migrations } from "../../src/database/migrations/migrations.ts";
import { TEST_SECRET } from "../app/test-app.ts";
import { exampleDatabase } from "./example-database.ts";

/** Iterations of every password derivation so far. They are counted, and not waited for. */
export const derivations: number[] = [];
const pbkdf2 = crypto.pbkdf2;
let onNext: ((derive: () => void) => void) | undefined;
mock.method(crypto, "pbkdf2", (...[password, salt, iterations, ...rest]: Parameters<typeof pbkdf2>) => {
  derivations.push(iterations);
  const begin = onNext ?? ((derive) => derive());
  onNext = undefined;
  begin(() => pbkdf2(password, salt, 1, ...rest));
});
syncBuiltinESMExports();

/** Waits for the next password derivation, and holds it until the function that comes back is called. */
export function nextDerivation(): Promise<() => void> {
  return new Promise((resolve) => {
    onNext = resolve;
  });
}

/** Before this import the derivation must be in its place. */
const { FakeClock, testClient } = await import("tina4-ts/testing");

export interface ProjectClient {
  readonly client: TestClient;
  readonly clock: Clock;
  readonly query: Database["fetch"];
  readonly logged: string[];
  /** Where its database is, unless that is on a server, and what else it keeps. */
  readonly folder: string;
  /** Of its database. */
  readonly url: string;
  close(): Promise<void>;
}

/** Boots a project from its folder, with the built package that it imports, on a migrated database of its own. */
export async function openProject(
  path: URL,
  options: TestClientOptions = {},
  overrides: SettingOverrides = {},
): Promise<ProjectClient> {
  const root = fileURLToPath(path);
  const folder = mkdtempSync(join(tmpdir(), "tina4-example-"));
  const url = await exampleDatabase(folder);
  const pools = new DatabasePools({ root: folder });
  const database = new Database({ url, pools });
  await new Migrations({ database, folder: join(root, "src/migrations") }).migrate();
  const logged: string[] = [];
  const settings = {
    SECRET: TEST_SECRET,
    TINA4_DATABASE_URL: url,
    TINA4_DEBUG: false,
    TINA4_LOG_LEVEL: "trace",
    TINA4_RATE_LIMIT: 0,
    TINA4_SESSION_BACKEND: "memory" as const,
    TINA4_SESSION_PATH: join(folder, "sessions"),
    ...overrides,
  };
  const logDestination = { write: (line: string) => logged.push(line) };
  const clock = new FakeClock();
  const client = await testClient({ root, settings, logDestination, now: clock.now }, options);
  return {
    client,
    clock,
    query: (sql, values) => database.fetch(sql, values),
    logged,
    folder,
    url,
    close: async () => {
      await client.close();
      await pools.close();
      rmSync(folder, { recursive: true });
    },
  };
}
