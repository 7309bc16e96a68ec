import { DatabasePools } from "../database/database-pools.ts";
import type { Services } from "../middleware/services.ts";
import { openSessionStore } from "./open-session-store.ts";
import { RateCounters } from "./rate-counters.ts";
import type { SessionBackend } from "./session-backend.ts";

/** What an application keeps beyond a request: opened before the first one, closed after the last. */
export class Backends {
  readonly databases: DatabasePools;
  readonly rateCounters: RateCounters;
  readonly #services: Services;
  readonly #sessions: SessionBackend;
  readonly #root: string;
  #secondsUntilRefresh: number;

  constructor(services: Services, sessions: SessionBackend, root: string) {
    this.databases = new DatabasePools({ root });
    this.rateCounters = new RateCounters(services);
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
