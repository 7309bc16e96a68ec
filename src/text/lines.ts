/** Knows where the lines of a text begin, so that telling the line of each of many places takes no longer than reading the text. */
export class Lines {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) this.#starts.push(end + 1);
  }

  /** @param at Offset in the text, in UTF-16 units. @returns The line, counted from 1. */
  lineAt(at: number): number {
    let low = 1;
    let high = this.#starts.length;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.startOf(middle) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** @param line Counted from 1. @returns The offset of its first character. */
  startOf(line: number): number {
    return this.#starts[line - 1] ?? 0;
  }
}
