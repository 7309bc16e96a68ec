import { Tina4Error } from "../errors.ts";
import { didYouMean } from "../text/did-you-mean.ts";
import { lockOf } from "./lock-of.ts";
import type { Layer, MiddlewareClass, MiddlewareEntry, MiddlewareFunction } from "./middleware.ts";
import { toLayer } from "./to-layer.ts";

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** A name, and after the first colon an argument. Every text matches. */
const ENTRY = /^([^:]*)(?::(.*))?$/s;

/**
 * Makes middleware out of the argument in `"Name:argument"`, once for each place where it is listed.
 *
 * @param argument what stands after the colon, never empty; `undefined` without a colon.
 * @param place names the place in its list, alike in every process that runs the same program.
 */
export type MiddlewareFactory = (argument: string | undefined, place: string) => MiddlewareFunction | MiddlewareClass;

interface FactoryRegistration {
  readonly kind: "factory";
  readonly value: MiddlewareFactory;
}

type Registered =
  | { readonly kind: "middleware"; readonly value: MiddlewareFunction | MiddlewareClass }
  | FactoryRegistration;

/** With the file of the project that exports it, if one does. */
type Registration = Registered & { readonly file?: string | undefined };

/** The middleware that one application knows by name. */
export class MiddlewareRegistry {
  readonly #byName = new Map<string, Registration>();
  /** Values that stand for a factory. */
  readonly #byValue = new Map<MiddlewareEntry, FactoryRegistration>();

  /** How many names it knows. */
  get size(): number {
    return this.#byName.size;
  }

  /**
   * Gives middleware a name that lists can use.
   *
   * @param name letters, digits and underscores, not beginning with a digit.
   * @param file the file of the project that exports it, as errors shall name it.
   * @throws {Tina4Error} MIDDLEWARE_INVALID when the name or the middleware cannot be used.
   * @throws {Tina4Error} MIDDLEWARE_DUPLICATE when the name stands for something else already.
   */
  register(name: string, middleware: MiddlewareFunction | MiddlewareClass, file?: string): void {
    this.#add(name, { ...(this.#byValue.get(middleware) ?? { kind: "middleware", value: middleware }), file });
  }

  /**
   * Gives a name to middleware that takes an argument: `"Name:argument"`.
   *
   * @param factory throws when the argument makes no sense; its message is shown with the place of the entry.
   * @param value what stands for the name without an argument, where a list holds it.
   * @throws {Tina4Error} as `register` does.
   */
  registerFactory(name: string, factory: MiddlewareFactory, value?: MiddlewareFunction): void {
    const registration: FactoryRegistration = { kind: "factory", value: factory };
    this.#add(name, registration);
    if (value !== undefined) this.#byValue.set(value, registration);
  }

  /**
   * Turns an entry of a middleware list into the form in which it runs. Meant for the start of the application: a list with a
   * mistake in it must not serve a single request.
   *
   * @param where the list, as errors shall name it: `GET /users (routes/users.ts:3)`.
   * @param place the place in the list, for middleware that takes an argument.
   * @throws {Tina4Error} MIDDLEWARE_UNKNOWN when no middleware has the name, with the nearest one.
   * @throws {Tina4Error} MIDDLEWARE_INVALID when the argument or the value cannot be used.
   */
  resolve(entry: MiddlewareEntry, where: string, place: string = where): Layer {
    if (typeof entry !== "string") {
      const factory = this.#byValue.get(entry)?.value;
      const value = factory === undefined ? entry : factory(undefined, place);
      return toLayer(value, entry?.name || `(anonymous, ${where})`, where);
    }
    const [, name, argument] = ENTRY.exec(entry) as unknown as [string, string, string | undefined];
    const known = this.#byName.get(name);
    if (known === undefined) throw this.#unknown(entry, name, where);
    if (known.kind === "factory") return toLayer(make(known.value, entry, argument, where, place), entry, where);
    if (argument !== undefined) {
      throw invalid(`${where}: ${JSON.stringify(entry)} has an argument, but ${name} takes none.`);
    }
    return toLayer(known.value, entry, where);
  }

  /** Whether an entry of a middleware list is this middleware, itself or by a name. */
  isNamed(entry: MiddlewareEntry, middleware: MiddlewareFunction | MiddlewareClass): boolean {
    return entry === middleware || (typeof entry === "string" && this.#byName.get(entry)?.value === middleware);
  }

  /** What an entry of a middleware list asks for before it lets anybody in, if anything: `API key`. */
  lockOf(entry: MiddlewareEntry): string | undefined {
    return lockOf(typeof entry === "string" ? this.#byName.get(entry)?.value : entry);
  }

  #add(name: string, registration: Registration): void {
    const { kind, value, file } = registration;
    const place = file === undefined ? "" : `${file}: `;
    if (!NAME.test(name)) {
      throw invalid(
        `${place}${JSON.stringify(name)} cannot name middleware. Use letters, digits and underscores, and no digit first.`,
      );
    }
    if (typeof value !== "function") {
      throw invalid(`${place}Middleware ${name} is no function and no class, but of type ${typeof value}.`);
    }
    const earlier = this.#byName.get(name);
    if (earlier !== undefined && (earlier.kind !== kind || earlier.value !== value)) {
      const other = earlier.file ?? "built in or was registered before";
      throw new Tina4Error(
        "MIDDLEWARE_DUPLICATE",
        `${place}Two different middleware are named ${name}. The other is ${other}. Rename one of them.`,
      );
    }
    this.#byName.set(name, registration);
  }

  #unknown(entry: string, name: string, where: string): Tina4Error {
    const hint = hintFor(entry, name, [...this.#byName.keys()]);
    return new Tina4Error("MIDDLEWARE_UNKNOWN", `${where}: No middleware is named ${JSON.stringify(entry)}. ${hint}`);
  }
}

function hintFor(entry: string, name: string, names: readonly string[]): string {
  if (entry.startsWith("/")) return "Middleware for a path stands in its group: group(path, { middleware: [...] }, …).";
  if (entry.includes(",")) return "Each name is an entry of its own.";
  return didYouMean(name, names, `Known are: ${names.join(", ") || "none"}.`).trimStart();
}

function make(
  factory: MiddlewareFactory,
  entry: string,
  argument: string | undefined,
  where: string,
  place: string,
): unknown {
  if (argument === "") throw invalid(`${where}: ${JSON.stringify(entry)} has a colon, but no argument after it.`);
  try {
    return factory(argument, place);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw invalid(`${where}: ${JSON.stringify(entry)} cannot be used. ${reason}`, cause);
  }
}

function invalid(message: string, cause?: unknown): Tina4Error {
  return new Tina4Error("MIDDLEWARE_INVALID", message, { cause });
}
