import { Tina4Error } from "../errors.ts";
import type { Planned } from "../middleware/planner.ts";
import { rateLimitOf } from "../middleware/rate-limit-of.ts";
import { RequestLoggerMiddleware } from "../middleware/request-logger-middleware.ts";
import { listingRemedy } from "../pipeline/listing-remedy.ts";
import type { Layer, MiddlewareEntry } from "../pipeline/middleware.ts";
import type { MiddlewareRegistry } from "../pipeline/middleware-registry.ts";
import type { RateLimiter } from "../rate-limit/rate-limiter.ts";
import type { GuardedRoute, RouteGroup } from "../router/guarded-route.ts";
import { ListPlaces } from "./list-places.ts";
import type { RateCounters } from "./rate-counters.ts";

const APPLICATION = "application";

/** What a list comes to: limits act before the gate, layers around the handler, and the request logger around it all. */
interface ReadList {
  readonly layers: readonly Layer[];
  readonly rateLimiters: readonly RateLimiter[];
}

/** The middleware lists of an application, its groups and its routes. What a list counts, all routes under it share. */
export class MiddlewareLists {
  /** The application's own middleware, and what counts requests that no closer limit counts. */
  readonly global: ReadList;
  readonly #registry: MiddlewareRegistry;
  readonly #counters: RateCounters;
  readonly #places = new ListPlaces();
  readonly #byGroup = new Map<RouteGroup, ReadList>();

  /** @throws {Tina4Error} MIDDLEWARE_UNKNOWN or MIDDLEWARE_INVALID when an entry cannot be used. */
  constructor(globalEntries: readonly MiddlewareEntry[], registry: MiddlewareRegistry, counters: RateCounters) {
    this.#registry = registry;
    this.#counters = counters;
    const { layers, rateLimiters } = this.#read(globalEntries, "the application", APPLICATION);
    if (rateLimiters.length > 0) {
      throw new Tina4Error(
        "MIDDLEWARE_INVALID",
        "A limit stands on a group or a route; for all requests set TINA4_RATE_LIMIT.",
      );
    }
    const limiter = counters.global();
    this.global = { layers, rateLimiters: limiter === undefined ? [] : [limiter] };
  }

  /** What is around a route, outermost first. A limit that a group or the route names stands in place of the global one. */
  around(route: GuardedRoute): Pick<Planned, "layers" | "rateLimiters"> {
    const { where } = route;
    const ofGroups = route.groups.map((group) => this.#ofGroup(group, where));
    const lists = [...ofGroups, this.#read(route.marks.middleware, where, this.#places.ofRoute(route))];
    const rateLimiters = lists.flatMap((list) => list.rateLimiters);
    return {
      layers: [this.global, ...lists].flatMap((list) => list.layers),
      rateLimiters: rateLimiters.length > 0 ? rateLimiters : this.global.rateLimiters,
    };
  }

  #ofGroup(group: RouteGroup, where: string): ReadList {
    const list = this.#byGroup.get(group) ?? this.#read(group.middleware, where, this.#places.ofGroup(group));
    this.#byGroup.set(group, list);
    return list;
  }

  #read(entries: readonly MiddlewareEntry[], where: string, place: string): ReadList {
    const layers: Layer[] = [];
    const rateLimiters: RateLimiter[] = [];
    for (const [index, entry] of entries.entries()) {
      if (this.#registry.isNamed(entry, RequestLoggerMiddleware)) continue;
      if (place !== APPLICATION) refuseStandIn(entry, where);
      const limit = rateLimitOf(entry);
      if (limit === undefined) layers.push(this.#registry.resolve(entry, where, `${place} ${index}`));
      else rateLimiters.push(this.#counters.ofPlace(`${place} ${index}`, limit));
    }
    return { layers, rateLimiters };
  }
}

/** A class that does nothing in a list is harmless around the application, and on a group or route not what was meant. */
function refuseStandIn(entry: MiddlewareEntry, where: string): void {
  const remedy = listingRemedy(entry);
  if (remedy === undefined || typeof entry !== "function") return;
  throw new Tina4Error("MIDDLEWARE_INVALID", `${where}: ${entry.name} by itself changes nothing here. ${remedy}`);
}
