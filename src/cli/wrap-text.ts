/** Breaks a text into lines of at most so many characters, between words. A longer word has a line of its own. */
export function wrapText(text: string, width: number): readonly string[] {
  return joinWords(text.split(" "), width);
}

/** Does the same with words that may hold spaces. */
export function joinWords(words: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
