import type { SettingSources } from "../config/settings.ts";
import { DatabasePools } from "../database/database-pools.ts";
import type { Readiness } from "../health/readiness.ts";
import type { Services } from "../middleware/services.ts";
import { createReadiness } from "./create-readiness.ts";
import { openSessionStore } from "./open-session-store.ts";
import { RateCounters } from "./rate-counters.ts";
import type { SessionBackend } from "./session-backend.ts";

export interface BackendPlace {
  /** The project's folder, absolute. */
  readonly root: string;
  /** Where each setting comes from. */
  readonly sources: SettingSources;
}

/** What an application keeps beyond a request: opened before the first one, closed after the last. */
export class Backends {
  readonly databases: DatabasePools;
  readonly rateCounters: RateCounters;
  readonly readiness: Readiness;
  readonly #services: Services;
  readonly #sessions: SessionBackend;
  readonly #root: string;
  #secondsUntilRefresh: number;

  constructor(services: Services, sessions: SessionBackend, { root, sources }: BackendPlace) {
    this.databases = new DatabasePools({ root });
    this.rateCounters = new RateCounters(services);
    const isNamed = sources.TINA4_DATABASE_URL !== "default";
    const databaseUrl = isNamed ? services.settings.TINA4_DATABASE_URL : undefined;
    this.readiness = createReadiness({
      databases: this.databases,
      rateCounters: this.rateCounters,
      services,
      sessions,
      databaseUrl,
    });
    this.#services = services;
    this.#sessions = sessions;
    this.#root = root;
    this.#secondsUntilRefresh = services.settings.TINA4_REVOCATION_REFRESH;
  }

  /**
   * @param takesUploads whether a route does.
   * @throws {Tina4Error} SERVER_UNREACHABLE, SESSION_STORE_UNUSABLE, PACKAGE_MISSING, or OPTION_INVALID for a database URL that
   * cannot be used: nothing is served then.
   */
  async open(takesUploads: boolean): Promise<void> {
    const { settings, now, uploads, revocations } = this.#services;
    this.databases.check(settings.TINA4_DATABASE_URL);
    if (takesUploads) await uploads.sweep();
    this.#sessions.open(await openSessionStore(settings, { root: this.#root, now }));
    await revocations?.load();
    await this.rateCounters.open();
  }

  /** Lets a second pass: expired sessions are swept, and what other processes have revoked becomes known. */
  tick(): void {
    const { revocations, settings } = this.#services;
    void this.#sessions.tick();
    this.#secondsUntilRefresh -= 1;
    if (this.#secondsUntilRefresh > 0) return;
    this.#secondsUntilRefresh = settings.TINA4_REVOCATION_REFRESH;
    void revocations?.refresh();
  }

  async close(): Promise<void> {
    await this.#services.uploads.remove();
    await this.#sessions.close();
    this.rateCounters.close();
    await this.databases.close();
  }
}
