import { MigrationError } from "./migration-error.ts";
import { checksumOf, type Half, type MigrationFile } from "./migration-file.ts";
import type { BegunMigration } from "./migration-history.ts";

/**
 * Refuses to go on where an earlier run was cut off and it is not certain what it did.
 *
 * @param half What is to run now.
 * @throws {MigrationError} saying what was done, and what is to do.
 */
export function refuseUnresolved(
  half: Half,
  files: readonly MigrationFile[],
  begun: ReadonlyMap<string, BegunMigration>,
): void {
  for (const migration of begun.values()) {
    const file = files.find(({ name }) => name === migration.name);
    const fault = file === undefined ? "Its file is missing: restore it." : faultOf(migration, file, half);
    if (fault !== undefined) {
      throw new MigrationError(`${file?.file ?? migration.name}: a run of it did not come to its end. ${fault}`);
    }
  }
}

/** What to do when it is not known whether a statement took effect. */
export function doubtLesson({ name, ...file }: MigrationFile, half: Half, index: number): string {
  const number = index + 1;
  const statement = `statement ${number} under "-- ${half.toUpperCase()}", line ${file[half][index]?.line}`;
  const command = `tina4 migrate:resolve ${name} --done`;
  return (
    `Nobody knows whether ${statement}, took effect${index === 0 ? "" : "; all before it did"}. Look into the database whether it is ` +
    `done or still running. Then say how many statements are done, "${command} ${number}" or "${command} ${index}", and run it again: ` +
    "it goes on behind them. With 0 it begins anew."
  );
}

function faultOf({ half: ran, statementsDone, checksum, isInDoubt }: BegunMigration, file: MigrationFile, half: Half) {
  if (isInDoubt !== 0) {
    return doubtLesson(file, ran, statementsDone);
  }
  const place = `${statementsDone} of the statements under "-- ${ran.toUpperCase()}" are done`;
  if (checksumOf(file[ran].slice(0, statementsDone)) !== checksum) {
    return `${place}, and were changed since. Restore them, and put the change into a new migration.`;
  }
  if (ran !== half) {
    return `${place}. Let "tina4 ${ran === "up" ? "migrate" : "migrate:rollback"}" finish first.`;
  }
  return undefined;
}
