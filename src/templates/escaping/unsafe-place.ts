/** A place in a template where no escaping is safe, or a text that cannot be followed. Told with what to write instead. */
export class UnsafePlace extends Error {
  /** What is wrong and what to write instead. */
  readonly problem: string;
  /** Offset in the text that was read, in UTF-16 units; 0 for a print. */
  readonly offset: number;

  constructor(problem: string, offset = 0) {
    super(problem);
    this.name = "UnsafePlace";
    this.problem = problem;
    this.offset = offset;
  }
}
