import type { Surroundings } from "../../values/callable.ts";
import { type Entries, entriesOf, isGivenOnce } from "../../values/entries-of.ts";
import { RENDER_LIMITS } from "./render-limits.ts";

/** One place in a template where a function of the application is called. */
export interface OutsideCall {
  readonly invoke: (args: readonly unknown[], page: unknown) => unknown;
}

interface Answer {
  readonly call: OutsideCall;
  readonly args: readonly unknown[];
  readonly value: unknown;
  /** Whether `value` was thrown. */
  readonly failed: boolean;
}

/** Thrown through a render when a function gave a promise: the render is begun again once that is settled. */
export class Pending {
  readonly settled: Promise<unknown>;

  constructor(settled: Promise<unknown>) {
    this.settled = settled;
  }
}

/**
 * What the application's functions answered in one render, in order, so that none runs twice when the render is begun again.
 *
 * A render that is repeated has to take the same way: its clock stands still, and its chance is remembered.
 */
export class Answers implements Surroundings {
  readonly now: () => number;
  readonly random: () => number;
  readonly #clock: () => number;
  readonly #given: Answer[] = [];
  readonly #drawn: number[] = [];
  #drained: Map<unknown, Entries> | undefined;
  #position = 0;
  #draws = 0;
  #waits = 0;
  #began = 0;
  /** Milliseconds that the attempts before have taken. */
  #spent = 0;

  constructor(now: () => number, random: () => number) {
    let time: number | undefined;
    this.#clock = now;
    this.now = (): number => {
      time ??= now();
      return time;
    };
    this.random = (): number => this.#draw(random);
  }

  /**
   * The answer to a call: the one that is known from an earlier attempt, else a new one.
   *
   * @throws {Pending} when the function gave a promise.
   * @throws {RangeError} when more promises are waited for than may be.
   * @throws what the function throws, or its promise was rejected with.
   */
  ask(call: OutsideCall, args: readonly unknown[], page: unknown): unknown {
    const known = this.#given[this.#position];
    this.#position += 1;
    if (known !== undefined) return repeated(known, call, args);
    const value = call.invoke(args, page);
    if (isPromise(value)) throw new Pending(this.#settled(call, args, value));
    this.#given.push({ call, args, value, failed: false });
    return value;
  }

  /** What a loop goes through: of an iterator that gives its items once, those that it gave an earlier attempt. */
  entriesOf(value: unknown): Entries {
    if (!isGivenOnce(value)) return entriesOf(value);
    this.#drained ??= new Map();
    const entries = this.#drained.get(value) ?? entriesOf(value);
    this.#drained.set(value, entries);
    return entries;
  }

  /** To be called as each attempt begins. */
  rewind(): void {
    this.#position = 0;
    this.#draws = 0;
    this.#began = this.#clock();
  }

  /** @throws {RangeError} when this render takes longer than it may. */
  checkTime(): void {
    if (this.#spent + this.#clock() - this.#began > RENDER_LIMITS.milliseconds) {
      throw new RangeError(`A page may take ${RENDER_LIMITS.milliseconds} milliseconds, without what it waits for.`);
    }
  }

  #draw(random: () => number): number {
    if (this.#draws >= RENDER_LIMITS.randomNumbers) {
      throw new RangeError(`A page may draw ${RENDER_LIMITS.randomNumbers} random numbers.`);
    }
    const drawn = this.#drawn[this.#draws] ?? random();
    this.#drawn[this.#draws] = drawn;
    this.#draws += 1;
    return drawn;
  }

  #settled(call: OutsideCall, args: readonly unknown[], promise: PromiseLike<unknown>): Promise<unknown> {
    // First of all, since a rejection that nobody handles would end the process.
    const settled = Promise.resolve(promise).then(
      (value) => this.#given.push({ call, args, value, failed: false }),
      (value: unknown) => this.#given.push({ call, args, value, failed: true }),
    );
    this.#spent += this.#clock() - this.#began;
    this.#waits += 1;
    if (this.#waits > RENDER_LIMITS.waits) throw new RangeError(`A page may wait for ${RENDER_LIMITS.waits} promises.`);
    return settled;
  }
}

function repeated(known: Answer, call: OutsideCall, args: readonly unknown[]): unknown {
  if (known.call !== call || !isSame(known.args, args)) {
    throw new Error("The data of this page changed while the promise of a function was waited for.");
  }
  if (known.failed) throw known.value;
  return known.value;
}

/** Lists and hashes are made anew in every attempt, so of objects it is only known that there was one. */
function isSame(before: readonly unknown[], now: readonly unknown[]): boolean {
  return (
    before.length === now.length &&
    before.every((value, at) => Object.is(value, now[at]) || (isObject(value) && isObject(now[at])))
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return isObject(value) && "then" in value && typeof value.then === "function";
}
