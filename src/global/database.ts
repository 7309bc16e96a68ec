import { Database as AnyDatabase } from "../database/database.ts";
import { currentApplication } from "./current-application.ts";

/**
 * The application's database, `TINA4_DATABASE_URL` unless another URL is named. Cheap to make: all share one pool per URL.
 *
 * The application is the default one, as with all module-level functions, in the handlers of others too: where `createApp` made the
 * application, `app.database()` is its database.
 *
 * @example
 * ```ts no-run
 * import { Database } from "tina4-ts";
 * const db = new Database();
 * const user = await db.fetchOne("SELECT id, name FROM users WHERE email = ?", ["alice@example.com"]);
 * ```
 */
export class Database extends AnyDatabase {
  /** @internal A bundler would tell this class from the one that it extends by a number. */
  static override readonly name = "Database";

  constructor(url?: string) {
    const { backends, settings } = currentApplication();
    super({ url: url ?? settings.TINA4_DATABASE_URL, pools: backends.databases });
  }
}
