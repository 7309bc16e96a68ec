import { Tina4Error } from "../../errors.ts";

/** What is used of the package `pg`, 8.13 or later. */
export interface PgClient {
  connect(): Promise<unknown>;
  query(query: PgQuery): Promise<PgResult>;
  /** Closes the connection, at once when a query still runs. */
  end(): Promise<void>;
  on(event: "error", listener: (error: Error) => void): unknown;
  on(event: "end", listener: () => void): unknown;
  /** Its event `parameterStatus` tells which settings the server reports. */
  readonly connection?: {
    on(event: "parameterStatus", listener: (message: PgParameterStatus) => void): unknown;
  };
}

export interface PgQuery {
  readonly text: string;
  readonly values?: readonly (string | null)[];
  readonly rowMode?: "array";
  /** `extended` lets a text hold one statement only, whatever a reader of it overlooked. */
  readonly queryMode?: "extended";
}

export interface PgResult {
  readonly command: string;
  readonly rowCount: number | null;
  readonly rows: readonly (readonly unknown[])[];
  readonly fields: readonly { readonly name: string }[];
}

export interface PgParameterStatus {
  readonly parameterName: string;
  readonly parameterValue: string;
}

export type PgClientClass = new (options: object) => PgClient;

/**
 * Loads the optional package that speaks with PostgreSQL.
 *
 * @throws {Tina4Error} `PACKAGE_MISSING` when it is not installed.
 */
export async function loadPg(packageName = "pg"): Promise<PgClientClass> {
  try {
    return (await import(packageName)).default.Client;
  } catch (cause) {
    const message = `TINA4_DATABASE_URL with postgres: needs the package "${packageName}".`;
    throw new Tina4Error("PACKAGE_MISSING", `${message} Install it with: npm install ${packageName}`, { cause });
  }
}
