/** What an expression cannot do with its values. The engine makes a `TemplateError` of it, with the place in the template. */
export class ValueFault extends Error {
  /** @param problem What is wrong and what to write instead. It names kinds of values, never the values. */
  constructor(problem: string) {
    super(problem);
    this.name = "ValueFault";
  }
}
