import { relative } from "node:path";
import type { Application } from "../app/application.ts";
import { limitsOf } from "../app/limits-of.ts";
import { type AccessRule, accessRule } from "../auth/access-rule.ts";
import { socketAccessRule } from "../auth/socket-access-rule.ts";

type AnyRoute = Application["routes"][number] | Application["websocketRoutes"][number];

/** What one method of one route demands, as it is listed. */
export interface RouteRow {
  readonly method: string;
  readonly path: string;
  readonly name: string | undefined;
  /** What makes a page of what the handler returns. */
  readonly template: string | undefined;
  readonly auth: AccessRule["credential"];
  readonly roles: readonly string[];
  /** Whether other sites may post here. */
  readonly crossSite: boolean;
  readonly csrf: AccessRule["formToken"];
  /** How often one client may ask, outermost first; empty where nothing limits it. */
  readonly limit: readonly { readonly requests: number; readonly windowSeconds: number }[];
  /** Of its groups and its own, in the order in which they run. */
  readonly middleware: readonly string[];
  /** Whether strangers may change something here. */
  readonly isPublicWrite: boolean;
  /** `src/routes/users.ts:3` */
  readonly declaredAt: string;
}

/** Lists routes in the order of their registration, each method in a row of its own, and then WebSockets. */
export function routeRows({ routes, websocketRoutes, root, settings }: Application): readonly RouteRow[] {
  const rowOf = rowWriter(root, settings);
  return [
    ...routes.flatMap((route) => route.methods.map((method) => rowOf(route, method, accessRule(method, route.marks)))),
    ...websocketRoutes.flatMap((route) =>
      route.methods.map((method) => rowOf(route, method, socketAccessRule(method, route.marks))),
    ),
  ];
}

function rowWriter(
  root: string,
  { TINA4_RATE_LIMIT: globalLimit, TINA4_RATE_WINDOW: windowSeconds }: Application["settings"],
): (route: AnyRoute, method: string, access: AccessRule) => RouteRow {
  return (route, method, access) => {
    const { pattern, marks, groupMiddleware, declaredAt } = route;
    return {
      method,
      path: pattern.text,
      name: marks.name,
      template: marks.template,
      auth: access.credential,
      roles: access.roles,
      crossSite: access.crossSiteExempt,
      csrf: access.formToken,
      limit: limitsOf(route, globalLimit).map((requests) => ({ requests, windowSeconds })),
      middleware: [...groupMiddleware, ...marks.middleware].map((entry) =>
        typeof entry === "string" ? entry : entry.name || "(anonymous)",
      ),
      isPublicWrite: access.unsafe && access.credential === "none",
      declaredAt: relative(root, declaredAt),
    };
  };
}
