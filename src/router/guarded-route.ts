import type { AccessMarks, SecureOptions } from "../auth/access-marks.ts";
import { Tina4Error } from "../errors.ts";
import type { MiddlewareEntry } from "../pipeline/middleware.ts";
import type { UploadOptions } from "../uploads/upload-options.ts";
import type { PathPattern } from "./path-pattern.ts";

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

/** Where a route stands: on which path, in which groups, in which line of the program. */
export interface RoutePlace {
  readonly pattern: PathPattern;
  /** The groups around it, outermost first. */
  readonly groups: readonly RouteGroup[];
  /** `file:line` of the registration. */
  readonly declaredAt: string;
}

/** What every route has, whatever it answers with: a path, groups around it, and marks that say who may enter. */
export abstract class GuardedRoute {
  readonly pattern: PathPattern;
  readonly groups: readonly RouteGroup[];
  readonly declaredAt: string;
  readonly #marks: RouteMarks = { middleware: [] };
  #sealed = false;

  constructor({ pattern, groups, declaredAt }: RoutePlace) {
    this.pattern = pattern;
    this.groups = groups;
    this.declaredAt = declaredAt;
  }

  /** What it is registered for: `GET`, or `WS` for a WebSocket. */
  abstract readonly methods: readonly string[];

  /** The middleware of the groups around it, outermost first. */
  get groupMiddleware(): readonly MiddlewareEntry[] {
    return this.groups.flatMap(({ middleware }) => middleware);
  }

  /** All middleware that is listed for it, outermost first: that of its groups, and its own. */
  get listedMiddleware(): readonly MiddlewareEntry[] {
    return [...this.groupMiddleware, ...this.#marks.middleware];
  }

  get marks(): Readonly<RouteMarks> {
    return this.#marks;
  }

  /** `GET /users/{id:int}`, as errors and listings name the route. */
  get label(): string {
    return `${this.methods.join("|")} ${this.pattern.text}`;
  }

  /** @internal The same with the line that registers it, for errors: `GET /users/{id:int} (src/routes/users.ts:3)`. */
  get where(): string {
    return `${this.label} (${this.declaredAt})`;
  }

  /**
   * Demands a credential: a Bearer token, or with `{ session: true }` an authenticated session as well. A write that a session
   * authorises needs a form token. A WebSocket also takes a ticket, and a session only from a page of this very site.
   */
  secure(options: SecureOptions = {}): this {
    return this.mark({ secure: options });
  }

  /** Opens a write, or a WebSocket, to strangers. */
  noAuth(): this {
    return this.mark({ noAuth: true });
  }

  /** Demands a credential whose `role` is exactly one of the names. */
  role(...names: string[]): this {
    return this.mark({ roles: [...(this.#marks.roles ?? []), ...names] });
  }

  /** Adds middleware inside that of the groups, in the order given. */
  middleware(...entries: MiddlewareEntry[]): this {
    return this.mark({ middleware: [...this.#marks.middleware, ...entries] });
  }

  /** Names the route, for `url(name)` and for listings. */
  name(text: string): this {
    return this.mark({ name: text });
  }

  /** @internal From here on a mark would come too late to protect anything, so it is refused. */
  seal(): void {
    this.#sealed = true;
  }

  protected mark(marks: Partial<RouteMarks>): this {
    if (this.#sealed) {
      throw new Tina4Error("ROUTE_TOO_LATE", `${this.where} was changed after the application had started.`);
    }
    Object.assign(this.#marks, marks);
    return this;
  }

  protected fault(code: string, problem: string): Tina4Error {
    return new Tina4Error(code, `${this.where}: ${problem}`);
  }
}
