import { Tina4Error } from "../errors.ts";
import { checkHeaderField } from "./header-field.ts";

/** Headers that frame the message: a wrong one would let one response be read as two. */
const FRAMING: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "keep-alive",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

const NONE: readonly string[] = [];

/**
 * The headers of one response: those the framework staged, and the program's own, which stand in for staged ones of the same
 * name. They are kept apart, so that an error page can drop what a failed handler did and keep every protection.
 *
 * Fields are kept as names and values in turn, as `writeHead` takes them.
 */
export class HeaderList {
  readonly #staged: string[];
  /** Those that describe the body, and change with it. */
  #describing: readonly string[] = NONE;
  #own: readonly string[] = NONE;
  /** Lower-case names of staged headers that the program does not want. */
  #removed: readonly string[] = NONE;

  /** @param common What every response carries. The array is shared between responses, and never changed. */
  constructor(common: readonly string[]) {
    this.#staged = common.slice();
  }

  /** Adds a header of the framework that is known to be well-formed, and not there yet unless it is a list. */
  stage(name: string, value: string): void {
    this.#staged.push(name, value);
  }

  /** The same for several: names and values in turn. */
  stageAll(fields: readonly string[]): void {
    this.#staged.push(...fields);
  }

  /** Puts headers of the framework that describe a new body in place of those of the last one. The program's own still win. */
  describe(fields: readonly string[]): void {
    this.#describing = fields;
  }

  /** The value a header has now; of several Set-Cookie headers the first. */
  get(name: string): string | undefined {
    const fields = this.merged();
    const index = indexOf(fields, name.toLowerCase());
    return index < 0 ? undefined : fields[index + 1];
  }

  /**
   * Sets a header of the program in place of one with the same name; Set-Cookie headers stand beside each other.
   *
   * @throws {Tina4Error} HEADER_INVALID when it cannot be sent as one header, or frames the message.
   */
  set(name: string, value: string): void {
    checkHeaderField(name, value);
    const lowerName = name.toLowerCase();
    if (FRAMING.has(lowerName)) {
      throw new Tina4Error("HEADER_INVALID", `${name} is set by the framework, which knows what it sends.`);
    }
    const others = lowerName === "set-cookie" ? this.#own : without(this.#own, lowerName);
    this.#own = [...others, name, value];
  }

  /** Removes a header, also one that the framework staged. */
  remove(name: string): void {
    const lowerName = name.toLowerCase();
    this.#own = without(this.#own, lowerName);
    this.#removed = [...this.#removed, lowerName];
  }

  /** Undoes what the program did. */
  reset(): void {
    this.#describing = NONE;
    this.#own = NONE;
    this.#removed = NONE;
  }

  /** All headers, in a new array. A `Vary` of the program is added to the staged one: caches need to know both. */
  merged(): string[] {
    const fields = this.#staged.slice();
    mergeAll(fields, this.#describing);
    const kept = this.#removed.reduce(without, fields);
    mergeAll(kept, this.#own);
    return kept;
  }
}

function mergeAll(fields: string[], added: readonly string[]): void {
  for (let index = 0; index < added.length; index += 2)
    merge(fields, added[index] as string, added[index + 1] as string);
}

function merge(fields: string[], name: string, value: string): void {
  const lowerName = name.toLowerCase();
  const present = lowerName === "set-cookie" ? -1 : indexOf(fields, lowerName);
  if (present < 0) fields.push(name, value);
  else fields[present + 1] = lowerName === "vary" ? `${fields[present + 1]}, ${value}` : value;
}

function without(fields: readonly string[], lowerName: string): string[] {
  return fields.filter((_, index) => fields[index - (index % 2)]?.toLowerCase() !== lowerName);
}

function indexOf(fields: readonly string[], lowerName: string): number {
  for (let index = 0; index < fields.length; index += 2) {
    if ((fields[index] as string).toLowerCase() === lowerName) return index;
  }
  return -1;
}
