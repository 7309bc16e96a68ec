import type { Application } from "../app/application.ts";
import { locksOf } from "../app/locks-of.ts";
import { accessRule } from "../auth/access-rule.ts";
import { routePlace } from "./route-place.ts";

export type Route = Application["routes"][number];

/** One method of one route that may change something and asks for neither token nor session. */
export interface PublicWrite {
  readonly route: Route;
  /** As `tina4.allow.json` names it: `POST /api/login`. */
  readonly name: string;
  /** Whether middleware asks for something else, as an API key: then it is not for strangers. */
  readonly isLocked: boolean;
  readonly where: { readonly file: string; readonly line: number };
}

/** The writes of an application that ask for neither token nor session. */
export function publicWrites({ routes, root, middleware }: Application): readonly PublicWrite[] {
  return routes.flatMap((route) =>
    route.methods
      .filter((method) => isPublicWrite(route, method))
      .map((method) => ({
        route,
        name: `${method} ${route.pattern.text}`,
        isLocked: locksOf(route, middleware).length > 0,
        where: routePlace(route.declaredAt, root),
      })),
  );
}

/** Whether a method of a route may change something and asks for neither token nor session. */
export function isPublicWrite(route: Route, method: string): boolean {
  const { unsafe, credential } = accessRule(method, route.marks);
  return unsafe && credential === "none";
}
