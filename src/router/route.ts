import type { StandardSchemaV1 } from "@standard-schema/spec";
import { isUnsafeMethod } from "../auth/access-rule.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import { refuseUnclearUpload, type UploadOptions } from "../uploads/upload-options.ts";
import { GuardedRoute, type RoutePlace } from "./guarded-route.ts";
import type { Handler } from "./handler.ts";
import type { Method } from "./method.ts";
import { refuseLostGuard } from "./refuse-lost-guard.ts";
import { ROUTE_OPTIONS, type RouteOptions, type RouteSchemas } from "./route-options.ts";
import { withPlace } from "./with-place.ts";

/** What they are answered with has no body, or is about the path and not what stands there. */
const METHODS_WITHOUT_PAGE: readonly Method[] = ["HEAD", "OPTIONS"];

/** What a route is made of. */
export interface RouteDefinition extends RoutePlace {
  readonly methods: readonly Method[];
  readonly handler: Handler;
  readonly options: RouteOptions;
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
export class Route extends GuardedRoute {
  readonly methods: readonly Method[];
  readonly handler: Handler;
  readonly schemas: Readonly<Record<keyof RouteSchemas, StandardSchemaV1 | undefined>>;

  /** @throws {Tina4Error} OPTION_UNKNOWN or OPTION_INVALID, naming the route and where it stands. */
  constructor({ methods, handler, options, ...place }: RouteDefinition) {
    super(place);
    this.methods = methods;
    this.handler = handler;
    refuseUnknownKeys(this.where, options, ROUTE_OPTIONS);
    refuseLostGuard(this.where, options);
    const { params, query, body, middleware = [], role, upload, template, ...marks } = options;
    this.schemas = { params, query, body };
    this.#refuseOtherSchemas();
    this.mark({ ...marks, middleware: [middleware].flat() });
    if (role !== undefined) this.role(...[role].flat());
    if (upload !== undefined) this.#markUpload(upload);
    if (template !== undefined) this.template(template);
  }

  /** Says that other sites' pages may post here, as a payment provider's do. Only together with `noAuth()`. */
  crossSite(): this {
    return this.mark({ crossSite: true });
  }

  /** Asks for a form token even where the route is public, or the request shows a Bearer token. */
  csrf(): this {
    return this.mark({ csrf: true });
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

  /**
   * Makes a page of the plain object that the handler returns. A response that it returns stays what it is.
   *
   * @param name Relative to `src/templates`, as `contact.twig`.
   * @throws {Tina4Error} OPTION_INVALID, or ROUTE_CONTRADICTION where no page is sent, naming the route and where it stands.
   */
  template(name: string): this {
    if (typeof name !== "string" || name === "") {
      throw this.fault("OPTION_INVALID", '.template() needs the name of a template, as "contact.twig".');
    }
    if (this.methods.every((method) => METHODS_WITHOUT_PAGE.includes(method))) {
      throw this.fault(
        "ROUTE_CONTRADICTION",
        "its answer shows nobody a page. Write .template() behind the GET route.",
      );
    }
    return this.mark({ template: name });
  }

  #markUpload(upload: boolean | UploadOptions): this {
    if (upload && !this.methods.some(isUnsafeMethod)) {
      throw this.fault("ROUTE_CONTRADICTION", ".upload() needs a method with a body, as POST is.");
    }
    withPlace(this.where, () => refuseUnclearUpload(upload));
    return this.mark({ upload });
  }

  #refuseOtherSchemas(): void {
    for (const [place, schema] of Object.entries(this.schemas)) {
      if (schema === undefined || typeof schema?.["~standard"]?.validate === "function") continue;
      throw this.fault("OPTION_INVALID", `${place} is no Standard Schema, as zod, valibot and arktype make them.`);
    }
  }
}
