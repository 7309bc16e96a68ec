/** A protection that a setting can switch off, and the rows that then turn red: those that it owns. */
export interface Protection {
  /** What `npm run attack -- --without` is told. */
  readonly without: string;
  /** What is missing then. */
  readonly missing: string;
  readonly rows: readonly string[];
}

const ids = (text: string): readonly string[] => text.split(" ");

/** What the run is worth: each protection is missed by its own rows, and by no others. */
export const PROTECTIONS: readonly Protection[] = [
  {
    without: "TINA4_CSRF=false",
    missing: "form tokens",
    rows: ids("J25 C21 C01 C09 C10 C11 C12 C13 C15 C17 C29"),
  },
  { without: "TINA4_CSRF_SINGLE_USE=false", missing: "that a form token is good once", rows: ids("C29") },
  {
    without: "TINA4_TRUSTED_ORIGINS=https://evil.example",
    missing: "the cross-site guard, for one site",
    rows: ids("C06 C08 C19 C26 C27 C28 C35"),
  },
  { without: "TINA4_ALLOWED_HOSTS=", missing: "the list of hosts", rows: ids("P11") },
  { without: "TINA4_TOKEN_REVOCATION=false", missing: "that a token can be revoked", rows: ids("J30") },
  {
    without: "TINA4_RATE_LIMIT=0",
    missing: "the limit of requests",
    rows: ids("R01 R03 R05 R07 R09 R10 R15 R21"),
  },
];
