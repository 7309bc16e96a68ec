import type { Application } from "../app/application.ts";
import { locksOf } from "../app/locks-of.ts";
import { accessRule } from "../auth/access-rule.ts";
import { isPublicWrite } from "../auth/is-public-write.ts";
import { routePlace } from "./route-place.ts";

export type Route = Application["routes"][number];
type AnyRoute = Route | Application["websocketRoutes"][number];

/** One method of one route where strangers may change something. */
export interface PublicWrite {
  readonly route: AnyRoute;
  /** As `tina4.allow.json` names it: `POST /api/login`. */
  readonly name: string;
  readonly where: { readonly file: string; readonly line: number };
}

/** The writes of an application, its WebSockets among them, that need no credential and that no middleware guards. */
export function publicWrites(application: Application): readonly PublicWrite[] {
  const { routes, websocketRoutes, root } = application;
  return [...routes, ...websocketRoutes].flatMap((route: AnyRoute) =>
    route.methods
      .filter((method) => isOpen(route, method, application))
      .map((method) => ({
        route,
        name: `${method} ${route.pattern.text}`,
        where: routePlace(route.declaredAt, root),
      })),
  );
}

/** Whether a method of a route may change something and asks for nothing. */
export function isOpen(route: AnyRoute, method: string, { middleware }: Application): boolean {
  return isPublicWrite(accessRule(method, route.marks), locksOf(route, middleware));
}
