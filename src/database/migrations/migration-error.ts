import { Tina4Error } from "../../errors.ts";

/** A migration that cannot be read, run or rolled back: for the one who typed the command, never for a client. */
export class MigrationError extends Tina4Error {
  constructor(message: string, options?: ErrorOptions) {
    super("MIGRATION_FAILED", message, options);
  }
}

/** The words of the database itself say most, and only the one who runs migrations reads them. */
export function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message : message;
}
