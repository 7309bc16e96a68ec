/**
 * A class whose instances are functions: calling one calls its `json` method. The constructor hands out a closure with the
 * class's prototype in its own place. Classes below have no private methods: to mark a function as having them costs V8 more
 * than all else of making it.
 */
export abstract class Callable {
  constructor() {
    const call = (data: unknown, status?: number): unknown => (call as unknown as Callable).json(data, status);
    // biome-ignore lint/correctness/noConstructorReturn: the one way a class can have callable instances
    return Object.setPrototypeOf(call, new.target.prototype);
  }

  abstract json(data: unknown, status?: number): unknown;
}
