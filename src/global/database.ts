import { Database as AnyDatabase } from "../database/database.ts";
import { currentApplication } from "./current-application.ts";

/**
 * The application's database, `TINA4_DATABASE_URL` unless another URL is named. Cheap to make: all share one pool per URL.
 *
 * The application is the default one, as with all module-level functions: in a handler of another one, which `createApp` made, it is
 * the same. Two applications in one process name their URLs.
 *
 * @example
 * ```ts no-run
 * import { Database } from "tina4-ts";
 * const db = new Database();
 * const user = await db.fetchOne("SELECT id, name FROM users WHERE email = ?", ["alice@example.com"]);
 * ```
 */
export class Database extends AnyDatabase {
  constructor(url?: string) {
    const { backends, settings } = currentApplication();
    super({ url: url ?? settings.TINA4_DATABASE_URL, pools: backends.databases });
  }
}
