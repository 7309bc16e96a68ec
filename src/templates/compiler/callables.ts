import { Tina4Error } from "../../errors.ts";
import { didYouMean } from "../../text/did-you-mean.ts";
import { JsonText } from "../json-text.ts";
import { UrlText } from "../url-text.ts";
import type { Callable } from "../values/callable.ts";
import { FILTERS } from "../values/filters.ts";
import { FUNCTIONS } from "../values/functions.ts";
import { TESTS } from "../values/tests.ts";
import type { OutsideCall } from "./rendering/answers.ts";
import type { Frame } from "./rendering/frame.ts";
import { UNSUPPORTED_CALLABLES } from "./unsupported-callables.ts";

export type CallableKind = "filter" | "function" | "test";

/** What the application registers under a name. */
export type OutsideFunction = (...args: unknown[]) => unknown;

/** A filter, function or test as a place in a template calls it. */
export interface Called {
  readonly parameters: readonly string[];
  readonly required: number;
  readonly invoke: (args: readonly unknown[], frame: Frame) => unknown;
}

const BUILT_IN: Readonly<Record<CallableKind, Readonly<Record<string, Callable>>>> = {
  filter: FILTERS,
  function: FUNCTIONS,
  test: TESTS,
};

/** What the compiler itself gives a meaning to. */
const RESERVED: Readonly<Record<CallableKind, readonly string[]>> = {
  filter: ["raw", "e", "escape"],
  function: ["block", "parent", "include"],
  test: ["defined"],
};

const NAME = /^[A-Za-z_][A-Za-z0-9_]*(?: [A-Za-z_][A-Za-z0-9_]*)?$/;

/** The filters, functions and tests of one engine: those of the language, and those of its application. */
export class Callables {
  readonly #outside: Readonly<Record<CallableKind, Map<string, OutsideCall>>> = {
    filter: new Map(),
    function: new Map(),
    test: new Map(),
  };

  /**
   * @param takesPage Whether the page comes in front of the arguments.
   * @throws {Tina4Error} `OPTION_INVALID` when no template could write the name, or it belongs to the language itself.
   */
  add(kind: CallableKind, name: string, fn: (...args: never[]) => unknown, takesPage = false): void {
    const isOurs = RESERVED[kind].includes(name);
    if (!NAME.test(name) || isOurs || typeof fn !== "function") {
      const fault = isOurs ? "belongs to the language" : "needs a name of letters and digits, and a function";
      throw new Tina4Error("OPTION_INVALID", `The ${kind} ${JSON.stringify(name)} ${fault}.`);
    }
    const called = fn as OutsideFunction;
    this.#outside[kind].set(name, {
      invoke: (args, page) => (takesPage ? called(page, ...args) : called(...args)),
    });
  }

  /** Every call has to be told apart from all others, so this is asked once for each place. */
  find(kind: CallableKind, name: string): Called | undefined {
    const outside = this.#outside[kind].get(name);
    if (outside !== undefined) {
      const call: OutsideCall = { ...outside };
      const invoke: Called["invoke"] = (args, { answers, page }) => answers.ask(call, args.map(plain), page);
      return { parameters: ["...arguments"], required: 0, invoke };
    }
    const ours = BUILT_IN[kind][name];
    if (ours === undefined) return undefined;
    const { parameters, required = 0, call } = ours;
    return { parameters, required, invoke: (args, { answers }) => call(args, answers) };
  }

  /** Whether a name has the meaning that the language gives it. */
  isOurs(kind: CallableKind, name: string): boolean {
    return !this.#outside[kind].has(name) && BUILT_IN[kind][name] !== undefined;
  }

  /** How an error about an unknown name goes on. */
  hint(kind: CallableKind, name: string): string {
    const remedy = UNSUPPORTED_CALLABLES[kind].get(name);
    if (remedy !== undefined) return ` ${remedy}`;
    const known = [...this.#outside[kind].keys(), ...Object.keys(BUILT_IN[kind]), ...RESERVED[kind]];
    return didYouMean(name, known, `Register it with add${kind.charAt(0).toUpperCase()}${kind.slice(1)}.`);
  }
}

/** How a text is encoded matters to places in a page. For the application it is a text like any other. */
function plain(value: unknown): unknown {
  return UrlText.is(value) || JsonText.is(value) ? String(value) : value;
}
