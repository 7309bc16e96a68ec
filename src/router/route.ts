import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { AccessMarks, SecureOptions } from "../auth/access-marks.ts";
import { isUnsafeMethod } from "../auth/access-rule.ts";
import { Tina4Error } from "../errors.ts";
import type { MiddlewareEntry } from "../pipeline/middleware.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import { refuseUnclearUpload, type UploadOptions } from "../uploads/upload-options.ts";
import type { Handler } from "./handler.ts";
import type { Method } from "./method.ts";
import type { PathPattern } from "./path-pattern.ts";
import { refuseLostGuard } from "./refuse-lost-guard.ts";
import { ROUTE_OPTIONS, type RouteOptions, type RouteSchemas } from "./route-options.ts";

/** What they are answered with has no body, or is about the path and not what stands there. */
const METHODS_WITHOUT_PAGE: readonly Method[] = ["HEAD", "OPTIONS"];

/** What a route says about itself, gathered from its options and its chain. */
export interface RouteMarks extends AccessMarks {
  readonly name?: string | undefined;
  readonly middleware: readonly MiddlewareEntry[];
  readonly upload?: boolean | UploadOptions | undefined;
  readonly template?: string | undefined;
}

/** A group of routes: their common path prefix and the middleware around them. */
export interface RouteGroup {
  readonly prefix: string;
  readonly middleware: readonly MiddlewareEntry[];
}

/** What a route is made of. */
export interface RouteDefinition {
  readonly methods: readonly Method[];
  readonly pattern: PathPattern;
  readonly handler: Handler;
  readonly options: RouteOptions;
  /** The groups around it, outermost first. */
  readonly groups: readonly RouteGroup[];
  /** `file:line` of the registration. */
  readonly declaredAt: string;
}

/**
 * One route. Its methods add marks and give the route back, so that they can be chained.
 *
 * @example
 * ```ts
 * import { get, post } from "tina4-ts";
 * get("/me", (request) => ({ me: request.user })).secure();
 * post("/feedback", () => ({ thanks: true })).noAuth().name("feedback");
 * ```
 */
export class Route {
  readonly methods: readonly Method[];
  readonly pattern: PathPattern;
  readonly handler: Handler;
  readonly schemas: Readonly<Record<keyof RouteSchemas, StandardSchemaV1 | undefined>>;
  readonly groups: readonly RouteGroup[];
  readonly declaredAt: string;
  readonly #marks: RouteMarks;
  #sealed = false;

  /** @throws {Tina4Error} OPTION_UNKNOWN or OPTION_INVALID, naming the route and where it stands. */
  constructor({ methods, pattern, handler, options, groups, declaredAt }: RouteDefinition) {
    this.methods = methods;
    this.pattern = pattern;
    this.handler = handler;
    this.groups = groups;
    this.declaredAt = declaredAt;
    refuseUnknownKeys(`${this.label} (${declaredAt})`, options, ROUTE_OPTIONS);
    refuseLostGuard(`${this.label} (${declaredAt})`, options);
    const { params, query, body, middleware = [], role, upload, template, ...marks } = options;
    this.schemas = { params, query, body };
    this.#refuseOtherSchemas();
    this.#marks = { ...marks, middleware: [middleware].flat() };
    if (role !== undefined) this.role(...[role].flat());
    if (upload !== undefined) this.#markUpload(upload);
    if (template !== undefined) this.template(template);
  }

  /** The middleware of the groups around it, outermost first. */
  get groupMiddleware(): readonly MiddlewareEntry[] {
    return this.groups.flatMap(({ middleware }) => middleware);
  }

  get marks(): Readonly<RouteMarks> {
    return this.#marks;
  }

  /** `GET /users/{id:int}`, as errors and listings name the route. */
  get label(): string {
    return `${this.methods.join("|")} ${this.pattern.text}`;
  }

  /**
   * Demands a credential: a Bearer token, or with `{ session: true }` an authenticated session as well. A write that a session
   * authorises needs a form token.
   */
  secure(options: SecureOptions = {}): this {
    return this.#mark({ secure: options });
  }

  /** Opens a write to strangers. */
  noAuth(): this {
    return this.#mark({ noAuth: true });
  }

  /** Says that other sites' pages may post here, as a payment provider's do. Only together with `noAuth()`. */
  crossSite(): this {
    return this.#mark({ crossSite: true });
  }

  /** Asks for a form token even where the route is public, or the request shows a Bearer token. */
  csrf(): this {
    return this.#mark({ csrf: true });
  }

  /** Demands a credential whose `role` is exactly one of the names. */
  role(...names: string[]): this {
    return this.#mark({ roles: [...(this.#marks.roles ?? []), ...names] });
  }

  /** Adds middleware inside that of the groups, in the order given. */
  middleware(...entries: MiddlewareEntry[]): this {
    return this.#mark({ middleware: [...this.#marks.middleware, ...entries] });
  }

  /**
   * Takes files, which `request.files` then holds. Without it a file is refused with 415.
   *
   * @throws {Tina4Error} OPTION_UNKNOWN, OPTION_INVALID, or ROUTE_CONTRADICTION where no body is read, naming the route and where
   *   it stands.
   */
  upload(options: UploadOptions = {}): this {
    return this.#markUpload(options);
  }

  /** Names the route, for `url(name)` and for listings. */
  name(text: string): this {
    return this.#mark({ name: text });
  }

  /**
   * Makes a page of the plain object that the handler returns. A response that it returns stays what it is.
   *
   * @param name Relative to `src/templates`, as `contact.twig`.
   * @throws {Tina4Error} OPTION_INVALID, or ROUTE_CONTRADICTION where no page is sent, naming the route and where it stands.
   */
  template(name: string): this {
    if (typeof name !== "string" || name === "") {
      throw this.#fault("OPTION_INVALID", '.template() needs the name of a template, as "contact.twig".');
    }
    if (this.methods.every((method) => METHODS_WITHOUT_PAGE.includes(method))) {
      throw this.#fault(
        "ROUTE_CONTRADICTION",
        "its answer shows nobody a page. Write .template() behind the GET route.",
      );
    }
    return this.#mark({ template: name });
  }

  /** @internal From here on a mark would come too late to protect anything, so it is refused. */
  seal(): void {
    this.#sealed = true;
  }

  #markUpload(upload: boolean | UploadOptions): this {
    try {
      if (upload && !this.methods.some(isUnsafeMethod)) {
        throw new Tina4Error("ROUTE_CONTRADICTION", ".upload() needs a method with a body, as POST is.");
      }
      refuseUnclearUpload(upload);
    } catch (error) {
      if (!(error instanceof Tina4Error)) throw error;
      throw this.#fault(error.code, error.message, error);
    }
    return this.#mark({ upload });
  }

  #refuseOtherSchemas(): void {
    for (const [place, schema] of Object.entries(this.schemas)) {
      if (schema === undefined || typeof schema?.["~standard"]?.validate === "function") continue;
      throw this.#fault("OPTION_INVALID", `${place} is no Standard Schema, as zod, valibot and arktype make them.`);
    }
  }

  #mark(marks: Partial<RouteMarks>): this {
    if (this.#sealed) {
      const message = `${this.label} (${this.declaredAt}) was changed after the application had started.`;
      throw new Tina4Error("ROUTE_TOO_LATE", message);
    }
    Object.assign(this.#marks, marks);
    return this;
  }

  #fault(code: string, problem: string, cause?: Tina4Error): Tina4Error {
    return new Tina4Error(code, `${this.label} (${this.declaredAt}): ${problem}`, { cause });
  }
}
