/** What makes a name a secret one wherever it stands in it. A part of a regular expression, for any case. */
export const SECRET_WORD: string = [
  "pass(?:word|wd|phrase)",
  "secret",
  "token",
  "(?:api|private)[-_ ]?key",
  "authorization",
  "cookie",
  "credential",
  "bearer",
  "jwt",
  "session[-_ ]?id",
].join("|");

/** What does so only at the end of a name: `ticketCount` and `sessionBackend` are no secrets. */
export const SECRET_LAST_WORD = "ticket|session|pwd|(?<![a-z])(?:pass|sid|pin|otp)";

/** `smtpPass`: a capital begins a word, as an underscore does. */
const CAMEL_CASE_END = /[a-z](?:Pass|Sid|Pin|Otp)[^a-z]*$/;
const SECRET_NAME = new RegExp(`${SECRET_WORD}|(?:${SECRET_LAST_WORD})[^a-z]*$`, "i");

/**
 * Tells whether a field, header or parameter of this name holds something that lets its reader in.
 *
 * Spelling does not matter: `X-API-Key`, `api_key2` and `apiKey` are one name. It errs on the safe side, and calls
 * `tokenCount` a secret.
 */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) || CAMEL_CASE_END.test(name);
}
