import type { GuardedRoute, RouteGroup } from "../router/guarded-route.ts";

/**
 * Names the middleware lists of an application, alike in every process that runs the same program: what is counted for a
 * list is shared under its name.
 */
export class ListPlaces {
  readonly #names = new Map<GuardedRoute | RouteGroup, string>();
  readonly #times = new Map<string, number>();

  ofGroup(group: RouteGroup): string {
    return this.#nameOf(group, `group ${group.prefix}`);
  }

  ofRoute(route: GuardedRoute): string {
    return this.#nameOf(route, `route ${route.label}`);
  }

  /** Two groups may have one prefix, and are told apart by their order. */
  #nameOf(owner: GuardedRoute | RouteGroup, text: string): string {
    const known = this.#names.get(owner);
    if (known !== undefined) return known;
    const times = (this.#times.get(text) ?? 0) + 1;
    this.#times.set(text, times);
    const name = `${text} #${times}`;
    this.#names.set(owner, name);
    return name;
  }
}
