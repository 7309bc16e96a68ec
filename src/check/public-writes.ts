import type { Application } from "../app/application.ts";
import { accessRule } from "../auth/access-rule.ts";
import { routePlace } from "./route-place.ts";

export type Route = Application["routes"][number];

/** One method of one route where strangers may change something. */
export interface PublicWrite {
  readonly route: Route;
  /** As `tina4.allow.json` names it: `POST /api/login`. */
  readonly name: string;
  readonly where: { readonly file: string; readonly line: number };
}

/** The writes of an application that need no credential. */
export function publicWrites({ routes, root }: Application): readonly PublicWrite[] {
  return routes.flatMap((route) =>
    route.methods
      .filter((method) => isPublicWrite(route, method))
      .map((method) => ({
        route,
        name: `${method} ${route.pattern.text}`,
        where: routePlace(route.declaredAt, root),
      })),
  );
}

/** Whether a method of a route may change something and asks for no credential. */
export function isPublicWrite(route: Route, method: string): boolean {
  const { unsafe, credential } = accessRule(method, route.marks);
  return unsafe && credential === "none";
}
