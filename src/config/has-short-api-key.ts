/** So many digits of hex hold 128 bits. */
export const GOOD_API_KEY_CHARACTERS = 32;

/** Whether one of these keys is so short that it can be guessed. */
export function hasShortApiKey(keys: readonly string[]): boolean {
  return keys.some((key) => key.length < GOOD_API_KEY_CHARACTERS);
}
