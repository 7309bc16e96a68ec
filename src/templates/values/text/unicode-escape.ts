/** A character as JSON and JavaScript write it in a string: `<` is `\u003c`. */
export function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
