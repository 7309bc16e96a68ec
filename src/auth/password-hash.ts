/** What a stored text may ask for at most: 0.5 to 1 second of one core. */
export const MAX_ITERATIONS = 2_000_000;

/** A salt is any text without "$"; the key is 32 bytes in lower-case hexadecimal, as all versions of Tina4 wrote it. */
const TEXT_FORM = /^pbkdf2_sha256\$[1-9][0-9]{0,6}\$[^$\p{Surrogate}]{1,128}\$[0-9a-f]{64}$/u;

/** What a stored password is made of. */
export interface PasswordHash {
  readonly iterations: number;
  /** Its UTF-8 bytes are the salt of the key derivation: the text is not decoded. */
  readonly salt: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/**
 * Reads the text form of a stored password: `pbkdf2_sha256$<iterations>$<salt>$<key>`.
 *
 * Iterations are bounded, so that a text smuggled into the database cannot occupy a core for minutes.
 *
 * @param text Anything that came out of a database column.
 * @returns `null` when it is not exactly of this form or asks for more than two million iterations.
 * @see CWE-400
 * @example
 * ```ts
 * parsePasswordHash("pbkdf2_sha256$1000000000$salt$00"); // null
 * ```
 */
export function parsePasswordHash(text: unknown): PasswordHash | null {
  if (typeof text !== "string" || !TEXT_FORM.test(text)) return null;
  const [, count, salt, key] = text.split("$") as [string, string, string, string];
  const iterations = Number(count);
  return iterations <= MAX_ITERATIONS ? { iterations, salt, key: Buffer.from(key, "hex") } : null;
}

/**
 * Writes the text form that `parsePasswordHash` reads.
 *
 * With a salt of 32 characters and 600,000 iterations it has 118 characters: a column of 255 keeps it whole.
 */
export function formatPasswordHash({ iterations, salt, key }: PasswordHash): string {
  return `pbkdf2_sha256$${iterations}$${salt}$${Buffer.from(key).toString("hex")}`;
}
