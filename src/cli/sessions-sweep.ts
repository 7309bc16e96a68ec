import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { openSessionStore } from "../app/open-session-store.ts";
import { loadSettings } from "../config/load-settings.ts";
import type { Settings } from "../config/settings.ts";

const RECORDS_PER_STEP = 200;

const SWEEPS_ITSELF: { readonly [Backend in Settings["TINA4_SESSION_BACKEND"]]?: string } = {
  memory: "Sessions are kept in memory: they end with their server, which sweeps them itself.",
  redis: "Redis removes what has expired by itself.",
  valkey: "Valkey removes what has expired by itself.",
  mongodb: "MongoDB removes what has expired by itself.",
};

/** Removes what has expired from the place where the project in the current folder keeps sessions, and says how much that was. */
export async function sessionsSweep(): Promise<number> {
  const root = process.cwd();
  const { settings } = loadSettings({ root });
  const answer = SWEEPS_ITSELF[settings.TINA4_SESSION_BACKEND] ?? (await sweepFiles(settings, root));
  process.stdout.write(`${answer}\n`);
  return 0;
}

async function sweepFiles(settings: Settings, root: string): Promise<string> {
  const { TINA4_SESSION_PATH: path } = settings;
  // Made by this command it might belong to another user than the server runs as.
  if (!existsSync(resolve(root, path))) return `There is nothing to sweep: no session was ever kept in ${path}.`;
  const store = await openSessionStore(settings, { root, now: Date.now });
  let removed = 0;
  const count = (): void => {
    removed += 1;
  };
  try {
    while (await store.sweep(RECORDS_PER_STEP, count));
  } finally {
    await store.close();
  }
  return `Removed ${removed} expired ${removed === 1 ? "record" : "records"} from ${path}.`;
}
