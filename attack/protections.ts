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
  {
    without: "TINA4_TRUSTED_PROXIES=127.0.0.1/32,10.0.0.0/8",
    missing: "that a stranger's X-Forwarded headers are not believed",
    rows: ids("R20"),
  },
  {
    without: "TINA4_CORS_ORIGINS=https://shop.example,https://evil.example",
    missing: "that another origin cannot read answers",
    rows: ids("O01 O08 G09"),
  },
  { without: "TINA4_MAX_BODY_SIZE=1048576", missing: "a limit of 1000 bytes", rows: ids("B05") },
  { without: "TINA4_HANDLER_TIMEOUT=3600", missing: "the patience of a second", rows: ids("L10") },
  { without: "TINA4_CSP=default-src *", missing: "the limits of the Content-Security-Policy", rows: ids("H04") },
  { without: "TINA4_HSTS=", missing: "that browsers stay with HTTPS", rows: ids("K01 H02 H03") },
  {
    without: "TINA4_DEBUG=true",
    missing: "that an error shows nothing of its inside",
    rows: ids("H07 H08 H10 M11 P31 X08 X09 D02 D03 D05 D06 D07 D08 D10 Q03 Q10 L07 G10"),
  },
];
