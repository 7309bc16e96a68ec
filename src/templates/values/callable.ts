/** A filter, function or test of the language. */
export interface Callable {
  /**
   * The names of its arguments, in order, as `date(timezone: "UTC")` uses them. The value that a filter or test is applied to has
   * none. `...` in front of the last name takes all arguments that remain.
   */
  readonly parameters: readonly string[];
  /** How many arguments it needs at least. Default 0. */
  readonly required?: number;
  /**
   * @param args For a filter or test the value comes first. What was left out is `undefined`. `v => …` comes as an `Arrow`.
   */
  readonly call: (args: readonly unknown[], surroundings: Surroundings) => unknown;
}

/** What callables are given to work with. */
export interface Surroundings {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A number from 0 up to 1. */
  readonly random: () => number;
}
