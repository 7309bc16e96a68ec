/** What other languages write, and what templates have instead. */
export const FOREIGN_SIGNS: ReadonlyMap<string, string> = new Map([
  ["&&", 'Write "and" instead of "&&".'],
  ["||", 'Write "or" instead of "||".'],
  ["!", 'Write "not" instead of "!".'],
  ["&", 'Write "and" instead of "&"; "b-and" is for bits.'],
  ["^", 'Write "**" instead of "^" for a power; "b-xor" is for bits.'],
  ["...", 'Nothing is spread in templates. Join lists with the filter "merge".'],
  ["=", 'Write "==" to compare, and {% set %} to assign.'],
  ["=>", "A function with an arrow stands only where an argument does."],
  [";", 'Nothing ends with ";" in templates.'],
]);
