/** A protection that a setting can switch off, and the rows that then turn red: those that it owns. */
export interface Protection {
  /** What `npm run attack -- --without` is told. */
  readonly without: string;
  readonly protection: string;
  readonly rows: readonly string[];
}

/** What the run is worth: each protection is missed by its own rows, and by no others. */
export const PROTECTIONS: readonly Protection[] = [];
