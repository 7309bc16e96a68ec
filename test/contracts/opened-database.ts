import { afterEach, beforeEach } from "node:test";
import type { Database } from "../../src/database/database.ts";

export interface DriverUnderTest {
  readonly name: string;
  /** Why it cannot be tested here. */
  readonly skip: string | false;
  /** Opens an empty database of its own; `close` closes and removes it. One connection is what an embedded database has anyway. */
  open(connections: "many" | "one"): Promise<{ readonly database: Database; close(): Promise<void> }>;
  /** The type of a column that numbers new rows by itself, and of one that holds bytes. */
  readonly types: { readonly id: string; readonly bytes: string };
  /** What is written in another way here than SQLite and PostgreSQL write it. */
  readonly syntax?: Syntax;
}

export interface Syntax {
  readonly insertOrIgnore: string;
  readonly insertOrUpdate: string;
  readonly insertChosen: string;
  /** Whether the id of a new row is told beside the rows of RETURNING. */
  readonly tellsIdOfReturning: boolean;
}

export const STANDARD_SYNTAX: Syntax = {
  insertOrIgnore: "INSERT INTO users (email) VALUES (?) ON CONFLICT (email) DO NOTHING",
  insertOrUpdate: "INSERT INTO users (email) VALUES (?) ON CONFLICT (email) DO UPDATE SET name = 'Eve'",
  insertChosen: "WITH chosen (email) AS (SELECT 'a@example.org') INSERT INTO users (email) SELECT email FROM chosen",
  tellsIdOfReturning: true,
};

/** A database with the tables of the contract, opened anew for each test of the suite that asks for it. */
export class OpenedDatabase {
  #database: Database | undefined;

  constructor(driver: DriverUnderTest, connections: "many" | "one" = "many") {
    let close: () => Promise<void>;
    beforeEach(async () => {
      const opened = await driver.open(connections);
      ({ close } = opened);
      this.#database = opened.database;
      await createTables(opened.database, driver.types);
    });
    afterEach(async () => close());
  }

  get database(): Database {
    if (this.#database === undefined) throw new Error("The database is open while a test runs.");
    return this.#database;
  }

  async emails(): Promise<unknown[]> {
    return (await this.database.fetch("SELECT email FROM users ORDER BY email")).map(({ email }) => email);
  }
}

async function createTables(database: Database, types: DriverUnderTest["types"]): Promise<void> {
  await database.execute(`CREATE TABLE users (id ${types.id}, email VARCHAR(99) NOT NULL UNIQUE,
    name VARCHAR(99), age BIGINT CHECK (age >= 0), score DOUBLE PRECISION, photo ${types.bytes})`);
  await database.execute(`CREATE TABLE notes (user_id BIGINT NOT NULL, text VARCHAR(99),
    FOREIGN KEY (user_id) REFERENCES users (id))`);
}
