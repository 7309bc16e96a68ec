import type { MigrationFile } from "./migration-file.ts";
import type { RememberedMigrations } from "./migration-history.ts";

export interface MigrationStatus {
  readonly name: string;
  /**
   * `changed`: its UP half is not the one that was applied. `missing`: it was applied, but its file is gone. `begun`: a run
   * of it did not come to its end; `tina4 migrate` goes on, or says what is to do.
   */
  readonly state: "pending" | "applied" | "changed" | "missing" | "begun";
  /** ISO 8601, UTC; `null` when it is not applied. */
  readonly appliedAt: string | null;
  /** Whether it is pending and older than one that is applied, as after a merge: it will be applied all the same. */
  readonly isLate: boolean;
}

/** Compares what the files say with what the database remembers. @returns All of both, the oldest first. */
export function migrationStatus(
  files: readonly MigrationFile[],
  { applied, begun }: RememberedMigrations,
): readonly MigrationStatus[] {
  const checksums = new Map(files.map(({ name, checksum }) => [name, checksum]));
  const names = [...new Set([...checksums.keys(), ...applied.keys(), ...begun.keys()])].sort();
  const newestApplied = [...applied.keys()].sort().at(-1) ?? "";
  return names.map((name) => {
    const row = applied.get(name);
    const checksum = checksums.get(name);
    const rest = { name, appliedAt: row?.appliedAt ?? null, isLate: row === undefined && name < newestApplied };
    if (begun.has(name)) return { ...rest, state: "begun" };
    if (row === undefined) return { ...rest, state: "pending" };
    return { ...rest, state: checksum === undefined ? "missing" : checksum === row.checksum ? "applied" : "changed" };
  });
}
