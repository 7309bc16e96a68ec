import type { DatabasePools } from "../database/database-pools.ts";
import { Readiness, type ReadinessCheck } from "../health/readiness.ts";
import type { Services } from "../middleware/services.ts";
import type { SessionStore } from "../session/session-store.ts";
import type { RateCounters } from "./rate-counters.ts";

/** A record that nobody writes. */
const NO_RECORD = "health:none";

export interface ReadinessParts {
  readonly services: Pick<Services, "log" | "now" | "monotonicNow">;
  readonly sessions: SessionStore;
  readonly rateCounters: RateCounters;
  readonly databases: DatabasePools;
  /** The database that the settings name; `undefined` where they name none. */
  readonly databaseUrl: string | undefined;
}

/** Decides what an application must reach to be ready: its sessions, its shared counters, and the databases that it uses. */
export function createReadiness({
  services,
  sessions,
  rateCounters,
  databases,
  databaseUrl,
}: ReadinessParts): Readiness {
  const { log, now, monotonicNow } = services;
  const checks: readonly ReadinessCheck[] = [
    { name: "sessions", ask: () => sessions.read(NO_RECORD) },
    { name: "rate counters", ask: () => rateCounters.ping() },
    {
      name: "database",
      ask: () => {
        if (databaseUrl !== undefined) databases.pool(databaseUrl);
        return databases.ping();
      },
    },
  ];
  const onChange = (name: string, isReachable: boolean, error?: unknown): void => {
    if (isReachable) log.info({ check: name }, "ready again: what was out of reach answers");
    else log.warn({ check: name, error }, "not ready: what the application needs does not answer");
  };
  return new Readiness({ checks, onChange, now, monotonicNow });
}
