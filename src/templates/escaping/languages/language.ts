/** Makes a value safe for one place. */
export type Escaper = (value: unknown) => string;

/** What is printed where a value stands, and what holds after it. */
export interface Printing<State> {
  readonly after: State;
  readonly escape: Escaper;
  /** Goes out in front of the value, so that it cannot grow together with the text before it. */
  readonly before?: string;
}

/**
 * Follows what stands in an attribute or a raw text element: a URL, a script, a style.
 *
 * States are immutable plain data: equal data is the same state.
 */
export interface Language<State> {
  /** What holds after one more character of the template, with entities decoded. @throws {UnsafePlace} */
  readonly read: (state: State, character: string) => State;
  /** @throws {UnsafePlace} where no escaping is safe. */
  readonly print: (state: State) => Printing<State>;
  /** What holds after text that nobody has looked at. */
  readonly raw: (state: State) => State;
  /** What holds after branches that end differently: where it can be two things, a later print is an error. */
  readonly join: (one: State, other: State) => State | undefined;
}
